"""An employer's place at a fair: invitation, request, postings shown, staff passes."""
