"""What keeps a fair safe: the plan that campus security signs, the licence, staff on duty, filings."""
