"""`./dev try`: rules played on a history without a site, by the same pure rules; needs nothing but Python."""
