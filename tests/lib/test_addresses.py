"""Addresses of many rows are those the resolver gives."""

from django.urls import reverse

from studio.lib.addresses import address


def test_an_address_is_what_the_resolver_says():
    for pk in (1, 7, 10**9):
        assert address("videos:shot", pk) == reverse("videos:shot", args=[pk])
        named = ("images:rendition", pk, "256")
        assert address(*named) == reverse(named[0], args=named[1:])
