"""Long work of a workspace as rows of its database: runs, syncs and drafts, one at a time, in a process of their own.

A job outlives the server that began it. Knows what is to be done and how far it is; knows no page.
"""

from assay.server.jobs.job import Job, Jobs
from assay.server.jobs.launching import launch_worker

__all__ = ["Job", "Jobs", "launch_worker"]
