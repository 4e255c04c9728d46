"""The columns of a roster, as the template heads them and as files call them, and the template itself."""

from django.utils.translation import gettext as _

from intake.tables import Layout
from interface.sheets import Sheet
from interface.vietnamese import fold

# What each is called in the template, first, and what else it may be called, folded.
_CALLED = {
    "code": ("Mã người học", "ma", "ma so", "ma nguoi"),
    "name": ("Họ và tên", "ho ten", "ho va ten khai sinh", "ho ten khai sinh", "full name"),
    "day": ("Ngày sinh", "ngay thang nam sinh", "sinh ngay"),
    "year": ("Năm sinh",),
    "group": ("Nhóm đối tượng", "doi tuong"),
    "unit_code": ("Mã đơn vị",),
    "unit": ("Đơn vị", "ten don vi", "chi hoi"),
    "phone": ("Điện thoại", "so dien thoai", "sdt", "di dong"),
    "phone_for": ("Dùng điện thoại để", "muc dich", "muc dich lien he"),
    "email": ("Thư điện tử", "email", "e-mail"),
    "address": ("Địa chỉ", "noi o", "cho o"),
    "citizen_id": ("Căn cước", "so can cuoc", "cccd", "so cccd", "can cuoc cong dan", "so dinh danh ca nhan",
                   "so dinh danh"),
    "note": ("Ghi chú",),
}  # fmt: skip
HEADINGS = [own for own, *_others in _CALLED.values()]
EXAMPLES = [
    ("", "Nguyễn Thị Mẫu", "02/03/1962", "", "cư dân", "", "Chi hội khối phố 1", "0905 123 456", "đăng nhập", "",
     "12 Lê Lợi", "", ""),
    ("", "Trần Văn Ví Dụ", "", "1958", "người lao động", "20242-02", "", "", "", "vidu@example.vn", "", "", ""),
]  # fmt: skip
_ADVICE = [
    ("Họ và tên", "Bắt buộc. Viết hoa hay thường đều được."),
    ("Ngày sinh, Năm sinh", "Ngày/tháng/năm nếu biết, không thì chỉ năm."),
    ("Nhóm đối tượng", "cư dân, người lao động, cán bộ, học sinh. Để trống: người mới là cư dân, người cũ giữ nguyên."),
    ("Mã đơn vị, Đơn vị", "Một trong hai; để trống thì vào đơn vị chọn khi gửi tệp. Tên trùng thì ghi cả xã, phường."),
    ("Dùng điện thoại để", "nhận tin, đăng nhập, người đại diện. Để trống: nhận tin."),
    ("Căn cước", "Chỉ dùng để nhận ra người đã có; hệ thống đổi thành dấu mã hóa rồi bỏ con số đi."),
    ("Mã người học", "Của người đã có trong hệ thống. Ghi “mới” nếu đã xem và chắc là người khác trùng tên."),
    ("Ghi chú", "Để bạn dùng; hệ thống không giữ."),
]
_SHEET = "Danh sách"
NEW_PERSON = "moi"


def layout() -> Layout:
    headings = {fold(spelling): name for name, called in _CALLED.items() for spelling in called}
    missing = _("The file has no column “Họ và tên”. Take the headings from the template.")
    own = frozenset(map(fold, HEADINGS))
    return Layout(headings, lambda names: "name" in names, missing, sheet=_SHEET, own=own, refuses_old_letters=False,
                  reads_old_letters=True)  # fmt: skip


def template() -> list[Sheet]:
    """To fill in, with an example on a sheet of its own, from which nobody comes in, and what belongs where."""
    examples = Sheet("Ví dụ", (), HEADINGS, EXAMPLES)
    return [Sheet(_SHEET, (), HEADINGS, ()), examples, Sheet("Cách ghi", (), ("Cột", "Ghi gì"), _ADVICE)]
