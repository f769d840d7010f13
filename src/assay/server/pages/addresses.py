"""`{name:number}` in an address: a number as rows have them. One that no database could hold leads nowhere."""

from starlette.convertors import IntegerConvertor, register_url_convertor

__all__ = ["Number"]


class Number(IntegerConvertor):
    """At most nine digits."""

    regex = "[0-9]{1,9}"


register_url_convertor("number", Number())
