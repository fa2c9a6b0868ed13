"""Forms of the portal, for the page without JavaScript and for the API alike."""
