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
