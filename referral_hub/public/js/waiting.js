/** A page without a module of its own: pressed twice a form is sent once, and the button shows that it is under way. */

import { sendOnce } from "./small_steps.js";

sendOnce();
