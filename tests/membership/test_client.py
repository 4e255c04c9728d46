import pytest
from django.test import RequestFactory

from membership.client import address_of
from tests.factories.people import PASSWORD
from tests.membership.signing_in import SIGN_IN


@pytest.fixture(autouse=True)
def behind_a_proxy(settings):
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"


def address(connected, named=None):
    headers = {"HTTP_X_FORWARDED_FOR": named} if named is not None else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=connected, **headers))


def test_the_proxy_names_the_client():
    assert address("127.0.0.1", "14.160.1.2") == "14.160.1.2"
    assert address("10.0.0.5", "2001:ee0::1") == "2001:ee0::1"


def test_what_the_client_wrote_before_it_counts_for_nothing():
    assert address("127.0.0.1", "1.2.3.4, 5.6.7.8,14.160.1.2") == "14.160.1.2"


def test_who_passes_by_the_proxy_is_not_believed():
    assert address("14.160.1.2", "1.2.3.4") == "14.160.1.2"


@pytest.mark.parametrize("named", [None, "", "unknown", "1.2.3.4, nonsense", "<script>"])
def test_where_the_proxy_says_nothing_of_use_the_connection_counts(named):
    assert address("127.0.0.1", named) == "127.0.0.1"


@pytest.mark.parametrize("connected", ["", "unix:"])
def test_a_connection_without_an_address_is_of_a_proxy(connected):
    assert address(connected, "14.160.1.2") == "14.160.1.2"
    assert address(connected) == "0.0.0.0"


def test_one_address_is_one_however_it_is_written():
    assert address("127.0.0.1", "::ffff:14.160.1.2") == "14.160.1.2"


def test_without_a_proxy_the_connection_counts(settings):
    settings.CLIENT_ADDRESS_HEADER = "REMOTE_ADDR"
    assert address("14.160.1.2", "1.2.3.4") == "14.160.1.2"
    assert address("192.168.1.7", "1.2.3.4") == "192.168.1.7"


@pytest.mark.parametrize(
    ("header", "sent"), [("REMOTE_ADDR", "{n}.2.3.4"), ("HTTP_X_FORWARDED_FOR", "{n}.2.3.4, 14.1.2.3")]
)
def test_a_spoofed_header_is_no_way_round_a_limit(settings, client, standing, header, sent):
    settings.CLIENT_ADDRESS_HEADER = header
    for number in range(10):
        client.post(SIGN_IN, {"login": "an", "password": "sai"}, headers={"X-Forwarded-For": sent.format(n=number + 1)})
    right = {"login": "an", "password": PASSWORD}
    assert client.post(SIGN_IN, right, headers={"X-Forwarded-For": sent.format(n=99)}).status_code == 200
