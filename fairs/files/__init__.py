"""Uploads: kept once by hash, typed by content, purged when their purpose has ended."""
