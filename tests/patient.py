"""Requests that wait as long as a busy machine takes."""

from functools import partial

import httpx

__all__ = ["client", "get", "post", "put"]

_S = 120
get = partial(httpx.get, timeout=_S)
post = partial(httpx.post, timeout=_S)
put = partial(httpx.put, timeout=_S)
client = partial(httpx.Client, timeout=_S)
