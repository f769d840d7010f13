"""What stands in a plain text and can be compared as a value: quantities, dates, times of day. Knows no question."""
