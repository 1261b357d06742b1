"""People, their roles with scope, sign-in, and the versioned acceptance of notices."""
