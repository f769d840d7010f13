"""What must not be written down or printed: passwords and keys in addresses. Knows no setting.

A secret in the path of an address is not recognised: keys belong into ASSAY_API_KEY, a password or the query.
"""

import base64
import os
import re
from collections.abc import Mapping
from urllib.parse import unquote

__all__ = ["MASK", "is_masked", "mask", "mask_error", "remember_secrets"]

MASK = "***"

_URL = re.compile(r"[a-z][a-z0-9+.\-]*://\S+", re.IGNORECASE)
# As SQLAlchemy reads it: everything up to the last @ is the password, but a port before a path is none.
_PASSWORD = re.compile(r"(://[^\s:/?#@]*:)(?!\d*[/?#,])\S*@|(://[^\s:/?#@]*:)[^\s/?#]*@")
_TOKEN = re.compile(r"(^https?://)[^\s:/?#@]+@", re.IGNORECASE)  # of a web address: a user alone is a key
_SECRET_NAME = r"key|token|secret|pass|pwd|auth|sig|code|cred|session|jwt|odbc_connect"
_QUERY = re.compile(rf"([?&;][^=&?#\s]*(?:{_SECRET_NAME})[^=&#\s]*=)[^&#\s\"'<>]+", re.IGNORECASE)
_BARE = re.compile(r"(\?)[^=&#\s\"'<>]+(?=[#\s\"'<>]|$)")  # a query that is nothing but a value
_SECRET_VARIABLE = re.compile(r"(KEY|TOKEN|PASSWORD|SECRET)$")
_USERINFO = re.compile(r"(?:^|//)([^\s:/?#@]+):?([^\s/?#]*)@")
_QUERY_VALUE = re.compile(rf"[?&;]([^=&?#\s]*(?:{_SECRET_NAME})[^=&#\s]*)=([^&#\s]+)", re.IGNORECASE)
_DSN = re.compile(r"\b(?:password|passwd|pwd)\s*=\s*'?([^\s']+)", re.IGNORECASE)
_LEAST = 4  # characters of a secret that is looked for: a shorter one stands in many words
_KNOWN: set[str] = set()  # secrets of the settings that were loaded
_SHORTEST = 8  # characters of a variable's value that is taken for a secret


def mask(text: str) -> str:
    """The text with *** for each password and key in its addresses; a text without one comes back as it is.

    In an address `user:password@`, `token@` of a web address, and the values of a query whose names tell of a secret.
    """
    if "://" not in text:
        return text
    whole = text.replace(" ", "%20") if _is_one_address(text) else text  # a password may hold spaces
    masked = _mask_addresses(whole)
    return text if masked == whole else masked


def is_masked(address: str) -> bool:
    """Whether something was taken out of an address, which cannot be opened then."""
    return "://" in address and MASK in address


def mask_error(text: str, environ: Mapping[str, str] | None = None) -> str:
    """As `mask`, and without the values of the keys and passwords of the environment, which a server may repeat."""
    variables = {value for name, value in (environ or os.environ).items() if _SECRET_VARIABLE.search(name)}
    values = _KNOWN | {value for value in variables if len(value) >= _SHORTEST}
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, MASK)
    return _mask_addresses(text)


def remember_secrets(value: str) -> None:
    """From now on `mask_error` takes out the secrets of a setting wherever they stand, whole or in part.

    Drivers and servers repeat them in ways of their own: cut at an @, decoded, in base64 as a header has them.
    """
    found = [*_DSN.findall(value), *(secret for _, secret in _QUERY_VALUE.findall(value))]
    for user, password in _USERINFO.findall(value):
        if password or "://" in value:
            secret = password or user
            header = base64.b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode()
            found += [secret, header, *secret.split("@")]
    _KNOWN.update(piece for secret in found for piece in (secret, unquote(secret)) if len(piece) >= _LEAST)


def _mask_addresses(text: str) -> str:
    return _URL.sub(lambda found: _mask_address(found.group()), text)


def _is_one_address(text: str) -> bool:
    return text.count("://") == 1 and _URL.match(text) is not None


def _mask_address(address: str) -> str:
    masked = _PASSWORD.sub(lambda found: f"{found[1] or found[2]}{MASK}@", address)
    masked = _TOKEN.sub(rf"\g<1>{MASK}@", masked)
    return _BARE.sub(rf"\g<1>{MASK}", _QUERY.sub(rf"\g<1>{MASK}", masked))
