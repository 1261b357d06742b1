"""Live streams of an event (直播带岗): the third channel, beside booths and postings, of one registration (S22)."""
