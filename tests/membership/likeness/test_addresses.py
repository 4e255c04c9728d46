import pytest

from membership.likeness.addresses import house_of


@pytest.mark.parametrize("written", ["12/3 Lê Lợi", "Số 12/3 đường Lê Lợi, phường Hải Châu", "số nhà 12/3 LÊ LỢI"])
def test_one_house_is_one_however_it_is_written(written):
    assert house_of(written) == house_of("12/3 Lê Lợi") != ""


@pytest.mark.parametrize("written", ["", "thôn 1", "Tổ 5, khối phố 2", "Lê Lợi", "12", ", phường Hải Châu"])
def test_of_a_hamlet_or_a_street_no_house_is_known(written):
    assert house_of(written) == ""


def test_two_houses_are_two():
    assert len({house_of("12 Lê Lợi"), house_of("14 Lê Lợi"), house_of("12 Lê Lai")}) == 3
