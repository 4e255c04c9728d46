"""Queries over the demo, judged by hand: for each the ends of addresses that answer it, the best (3) first."""

from collections.abc import Mapping

from tests.judged_search.queries import Asked

# class, what is typed, what answers it fully, what helps
_JUDGED: tuple[tuple[str, str, str, str], ...] = (
    ("toned", "an toàn trên mạng", "an-toan-tren-mang-nguoi-lon-tuoi", "tranh-bay-lua-dao mat-khau-va-tai-khoan"),
    ("toned", "lừa đảo qua điện thoại", "tranh-bay-lua-dao an-toan-tren-mang-nguoi-lon-tuoi", "mat-khau-va-tai-khoan"),
    ("toned", "mật khẩu", "mat-khau-va-tai-khoan", "an-toan-tren-mang-nguoi-lon-tuoi tranh-bay-lua-dao"),
    ("toned", "dịch vụ công trực tuyến", "dich-vu-cong-truc-tuyen", "ky-nang-so-co-ban"),
    ("toned", "kế hoạch học tập năm", "mau-ke-hoach-hoc-tap-nam lap-ke-hoach-hoc-tap", "mot-trang-giay viet-muc-tieu"),
    ("toned", "mẫu kế hoạch học tập", "mau-ke-hoach-hoc-tap-nam", "lap-ke-hoach-hoc-tap mot-trang-giay"),
    ("toned", "tạo minh chứng", "tao-minh-chung tieu-chi-va-minh-chung", "minh-chung-du-tin"),
    ("toned", "công dân học tập là gì", "cong-dan-hoc-tap-la-gi", "cau-hoi-thuong-gap"),
    ("toned", "cách chấm điểm", "cach-cham-diem", "tieu-chi-va-minh-chung"),
    ("toned", "mười chỉ số", "muoi-chi-so-de-hieu ba-nang-luc-muoi-chi-so", "ghi-lai-tung-chut"),
    ("toned", "báo cáo trước 15/12", "bao-cao-truoc-15-12", "quyet-dinh-va-bao-cao"),
    ("toned", "sổ tay chi hội trưởng", "so-tay-chi-hoi-truong", ""),
    ("toned", "học ngoại ngữ mỗi ngày", "ngoai-ngu-15-phut-moi-ngay", ""),
    ("toned", "tin giả", "tu-duy-phan-bien-truoc-tin-gia", "tim-va-kiem-tra-thong-tin"),
    ("toned", "họp xét", "huong-dan-hop-xet", "quyet-dinh-va-bao-cao"),
    ("toneless", "tai lieu an toan mang cho nguoi cao tuoi", "an-toan-tren-mang-nguoi-lon-tuoi", "tranh-bay-lua-dao"),
    ("toneless", "tu duy phan bien", "tu-duy-phan-bien-truoc-tin-gia", ""),
    ("toneless", "cau hoi thuong gap", "cau-hoi-thuong-gap", ""),
    ("toneless", "le phat dong hoc tap suot doi", "le-phat-dong-hoc-tap-suot-doi", ""),
    ("toneless", "tim tai lieu o thu vien", "tim-tai-lieu-o-thu-vien", "chon-tai-lieu"),
    ("toneless", "tham dinh ho so", "tham-dinh-ho-so", "vai-tro-va-duong-di doc-minh-chung"),
    ("toneless", "ky nang so co ban", "ky-nang-so-co-ban", "lam-chu-dien-thoai"),
    ("toneless", "viet muc tieu", "viet-muc-tieu", "lap-ke-hoach-hoc-tap"),
    ("toneless", "hoc deu nho lau", "hoc-deu-nho-lau", ""),
    ("toneless", "tu danh gia", "tu-danh-gia-den-cong-nhan", "cau-hoi-thuong-gap"),
    ("misspelt", "minh trứng", "tao-minh-chung tieu-chi-va-minh-chung", "minh-chung-du-tin doc-minh-chung"),
    ("misspelt", "tham dinh ho xo", "tham-dinh-ho-so", "vai-tro-va-duong-di"),
    ("misspelt", "matkhau", "mat-khau-va-tai-khoan", "an-toan-tren-mang-nguoi-lon-tuoi"),
    ("misspelt", "ki nang xo co ban", "ky-nang-so-co-ban", ""),
    ("misspelt", "hocj ngoaij nguwx", "ngoai-ngu-15-phut-moi-ngay", ""),
    ("misspelt", "luaf ddaor qua mangj", "tranh-bay-lua-dao an-toan-tren-mang-nguoi-lon-tuoi", ""),
    ("misspelt", "sô tay chi hôi trưỡng", "so-tay-chi-hoi-truong", ""),
    ("misspelt", "bao coa truoc 15/12", "bao-cao-truoc-15-12", "quyet-dinh-va-bao-cao"),
    ("misspelt", "ke hoac hoc tap", "mau-ke-hoach-hoc-tap-nam lap-ke-hoach-hoc-tap", "mot-trang-giay"),
    ("abbreviated", "DVC trực tuyến", "dich-vu-cong-truc-tuyen", ""),
    ("abbreviated", "CDHT là gì", "cong-dan-hoc-tap-la-gi", "cau-hoi-thuong-gap"),
    ("abbreviated", "mẫu KH học tập", "mau-ke-hoach-hoc-tap-nam", "lap-ke-hoach-hoc-tap"),
    ("abbreviated", "KNS", "ky-nang-so-co-ban", ""),
    ("abbreviated", "OTP", "an-toan-tren-mang-nguoi-lon-tuoi tranh-bay-lua-dao mat-khau-va-tai-khoan", ""),
    ("number", "4742/KH-UBND", "ke-hoach-4742", ""),
    ("number", "kế hoạch 4742", "ke-hoach-4742", ""),
    ("number", "kh 4742", "ke-hoach-4742", ""),
    ("number", "4742", "ke-hoach-4742", ""),
)  # fmt: skip


def queries(keys: Mapping[str, str]) -> list[Asked]:
    """``keys``: the key of each document by its address."""
    by_end = {url.rstrip("/").rpartition("/")[2]: key for url, key in keys.items()}
    return [
        Asked(text, kind, {by_end[end]: grade for grade, ends in ((3, best), (1, helps)) for end in ends.split()})
        for kind, text, best, helps in _JUDGED
    ]
