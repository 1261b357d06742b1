"""A student's place at an occurrence: registration, waiting list, ticket."""
