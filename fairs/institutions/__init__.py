"""Universities, campuses, departments and majors: who owns what, and for whom a fair is meant."""
