"""Words that more than one slice, the portal and the desk say alike."""
