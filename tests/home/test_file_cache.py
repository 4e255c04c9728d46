import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.file_cache import RarelyCountedFileCache


def _files(folder):
    return len(list(folder.glob("*.djcache")))


def test_what_is_kept_is_found_again(tmp_path):
    cache = RarelyCountedFileCache(str(tmp_path), {})
    cache.set("ten", "giá trị")
    assert cache.get("ten") == "giá trị"
    assert cache.add("ten", "khác") is False


def test_it_looks_through_the_folder_rarely_and_stays_near_its_limit(tmp_path, monkeypatch):
    cache = RarelyCountedFileCache(str(tmp_path), {"max_entries": 100})
    looked, most = [], 0
    monkeypatch.setattr(
        cache, "_list_cache_files", lambda: looked.append(1) or [str(p) for p in tmp_path.glob("*.djcache")]
    )
    for number in range(1000):
        cache.set(f"m{number}", number)
        most = max(most, _files(tmp_path))
    assert len(looked) == 5
    assert most <= 700


def test_counting_up_leaves_the_end_where_it_was(tmp_path, monkeypatch):
    cache = RarelyCountedFileCache(str(tmp_path), {})
    began = time.time()
    cache.add("lượt", 1, timeout=60)
    for second in range(1, 60):
        monkeypatch.setattr(time, "time", lambda second=second: began + second)
        assert cache.incr("lượt", 10) == 1 + 10 * second
    monkeypatch.setattr(time, "time", lambda: began + 61)
    with pytest.raises(ValueError, match="lượt"):
        cache.incr("lượt")
    assert cache.add("lượt", 1, timeout=60)


def test_what_has_no_end_is_counted_on(tmp_path):
    cache = RarelyCountedFileCache(str(tmp_path), {})
    cache.set("mãi", 999, timeout=None)
    assert [cache.incr("mãi"), cache.incr("mãi", -990), cache.get("mãi")] == [1000, 10, 10]


def test_no_count_is_lost_between_those_who_count_at_once(tmp_path):
    cache = RarelyCountedFileCache(str(tmp_path), {})
    cache.set("lượt", 0)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _number: cache.incr("lượt"), range(400)))
    assert cache.get("lượt") == 400


def test_what_is_not_there_cannot_be_counted(tmp_path):
    with pytest.raises(ValueError, match="vắng"):
        RarelyCountedFileCache(str(tmp_path), {}).incr("vắng")
