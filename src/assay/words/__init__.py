"""Every word for people, by key and language, and how numbers are spelt. Knows no result and no layout."""
