"""An employer's own public page: what it says of itself, vetted by each university that shows it."""
