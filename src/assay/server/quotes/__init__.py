"""Where a quote stands on the page that it is from: the page as an image, and the quote's rectangles upon it.

Knows files, pages and words. Knows no run, no answer and no reader's rights: whoever asks has checked them.
"""
