"""Numbers to intervals, tests and sample sizes. Knows no cell, no question and no verdict."""
