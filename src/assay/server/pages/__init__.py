"""The web app of `assay serve`: a page is a template and one function that gives its context.

Knows the workspace, its finished runs and who asks. Answers nothing itself: it asks what the interface for programs
asks.
"""

from assay.server.pages import addresses as addresses  # whatever stands in an address is known before any page
