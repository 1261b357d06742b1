"""The web edge shared by all pages: refusals and errors, security headers, lists, languages, filters."""
