/** A page whose form takes a moment: pressed twice it is sent once, and the button shows that it is under way. */

import { sendOnce } from "./small_steps.js";

sendOnce();
