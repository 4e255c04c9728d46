"""What the generated library is about: two sets of subjects, one to work with and one held out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """``names``: ways in which documents name it; ``short``: an abbreviation that people type; ``aspects``: parts."""

    names: tuple[str, ...]
    aspects: tuple[str, ...]
    words: str
    short: str = ""


WORKED_WITH = (
    Subject(("chuyển đổi số",), ("dịch vụ công trực tuyến", "chính quyền số", "kinh tế số"),
            "nền tảng dùng chung, cổng dịch vụ, tài khoản điện tử, tổ công nghệ số cộng đồng", "CĐS"),
    Subject(("công dân học tập",), ("tiêu chí đánh giá", "minh chứng từng chỉ số", "tự đánh giá hằng năm"),
            "ba năng lực cốt lõi, mười chỉ số, hồ sơ của từng người", "CDHT"),
    Subject(("xã hội học tập",), ("gia đình học tập", "dòng họ học tập", "cộng đồng học tập"),
            "mô hình học tập ở thôn, tổ dân phố, dòng họ", "XHHT"),
    Subject(("an toàn thông tin",), ("mật khẩu mạnh", "nhận biết lừa đảo", "bảo vệ tài khoản"),
            "mã xác thực, đường dẫn lạ, phần mềm độc hại, sao lưu dữ liệu", "ATTT"),
    Subject(("công nghệ thông tin",), ("soạn thảo văn bản", "bảng tính", "thư điện tử"),
            "máy tính, phần mềm văn phòng, tệp và thư mục", "CNTT"),
    Subject(("bảo hiểm y tế",), ("mức đóng", "khám chữa bệnh", "hộ gia đình"),
            "thẻ bảo hiểm, cơ sở khám bệnh, quyền lợi khi điều trị", "BHYT"),
    Subject(("bảo hiểm xã hội",), ("lương hưu", "đóng tự nguyện", "trợ cấp một lần"),
            "thời gian đóng, mức hưởng, sổ bảo hiểm", "BHXH"),
    Subject(("nông thôn mới",), ("đường làng ngõ xóm", "vườn mẫu", "môi trường nông thôn"),
            "bộ tiêu chí xã, khu dân cư kiểu mẫu, đóng góp của nhân dân", "NTM"),
    Subject(("phòng cháy chữa cháy",), ("bình chữa cháy", "thoát nạn", "nhà ở kết hợp kinh doanh"),
            "báo cháy 114, lối thoát hiểm, dây điện quá tải", "PCCC"),
    Subject(("dạy nghề cho lao động nông thôn", "đào tạo nghề cho lao động nông thôn"),
            ("nghề may", "nghề mộc", "sửa máy nông nghiệp"), "học viên, cơ sở dạy nghề, giới thiệu việc làm"),
    Subject(("văn hóa đọc",), ("tủ sách gia đình", "thư viện xã", "ngày hội sách"),
            "mượn sách, bạn đọc, giới thiệu sách hay"),
    Subject(("ngoại ngữ",), ("tiếng Anh giao tiếp", "phát âm", "từ vựng theo chủ đề"),
            "mười lăm phút mỗi ngày, luyện nghe, hội thoại ngắn"),
    Subject(("trồng rau sạch",), ("ủ phân hữu cơ", "phòng trừ sâu bệnh", "rau trong thùng xốp"),
            "đất trồng, tưới nhỏ giọt, mùa vụ, hạt giống"),
    Subject(("nuôi ong lấy mật",), ("chọn giống ong", "khai thác mật", "bệnh của ong"),
            "thùng ong, ong chúa, mùa hoa, nguồn phấn"),
    Subject(("sức khỏe người cao tuổi",), ("huyết áp", "dinh dưỡng", "tập dưỡng sinh"),
            "đi bộ, khám định kỳ, ăn nhạt, ngủ đủ giấc"),
    Subject(("bình đẳng giới",), ("phòng chống bạo lực gia đình", "phụ nữ khởi nghiệp", "chia sẻ việc nhà"),
            "tư vấn, đường dây nóng, câu lạc bộ"),
    Subject(("phòng chống đuối nước",), ("dạy bơi cho trẻ em", "áo phao", "cứu đuối"),
            "hồ bơi, biển báo, giám sát trẻ, sơ cứu"),
    Subject(("giảm nghèo bền vững",), ("vay vốn ưu đãi", "hộ cận nghèo", "sinh kế"),
            "rà soát hộ nghèo, tổ tiết kiệm, mô hình sinh kế"),
    Subject(("cải cách hành chính",), ("một cửa", "thủ tục đất đai", "chứng thực bản sao"),
            "bộ phận tiếp nhận, phiếu hẹn, mức độ hài lòng", "CCHC"),
    Subject(("quỹ khuyến học",), ("học bổng học sinh nghèo", "vận động ủng hộ", "công khai thu chi"),
            "nhà hảo tâm, sổ vàng, lễ trao học bổng"),
)  # fmt: skip

HELD_OUT = (
    Subject(("trí tuệ nhân tạo",), ("viết câu lệnh", "kiểm tra kết quả", "đạo đức khi dùng máy"),
            "trợ lý ảo, dữ liệu, ảnh giả, giọng giả", "AI"),
    Subject(("thương mại điện tử",), ("mở gian hàng", "chụp ảnh sản phẩm", "giao hàng và thanh toán"),
            "sàn giao dịch, đánh giá của khách, nông sản", "TMĐT"),
    Subject(("căn cước công dân",), ("định danh điện tử mức hai", "cấp lại thẻ", "tích hợp giấy tờ"),
            "ứng dụng trên điện thoại, công an xã, ảnh khuôn mặt", "CCCD"),
    Subject(("an toàn thực phẩm",), ("bếp ăn tập thể", "chợ truyền thống", "ngộ độc thực phẩm"),
            "nguồn gốc, bảo quản lạnh, rửa tay, hạn dùng", "ATTP"),
    Subject(("bảo vệ môi trường",), ("phân loại rác tại nhà", "nói không với túi ni lông", "làm sạch bãi biển"),
            "rác hữu cơ, tái chế, điểm thu gom", "BVMT"),
    Subject(("phòng chống thiên tai",), ("ứng phó bão", "sạt lở đất", "lũ quét"),
            "di dời dân, dự trữ lương thực, cảnh báo sớm", "PCTT"),
    Subject(("giáo dục thường xuyên",), ("xóa mù chữ", "bổ túc văn hóa", "học trực tuyến ban đêm"),
            "lớp buổi tối, học viên lớn tuổi, tài liệu tự học", "GDTX"),
    Subject(("trung tâm học tập cộng đồng",), ("khảo sát nhu cầu học", "lập thời khóa biểu", "báo cáo viên"),
            "giám đốc trung tâm, chuyên đề, nhà văn hóa thôn", "TTHTCĐ"),
    Subject(("nuôi trồng thủy sản",), ("ao nuôi tôm", "cá lồng bè", "kiểm tra độ mặn"),
            "thức ăn, con giống, dịch bệnh, thay nước"),
    Subject(("an toàn giao thông",), ("đội mũ bảo hiểm", "đi xe máy điện", "biển báo đường bộ"),
            "nồng độ cồn, tốc độ, giấy phép lái xe", "ATGT"),
    Subject(("sơ cấp cứu ban đầu",), ("băng bó vết thương", "ép tim ngoài lồng ngực", "xử trí bỏng"),
            "gọi 115, bất tỉnh, cầm máu, nạn nhân"),
    Subject(("quản lý chi tiêu gia đình",), ("sổ thu chi", "tiết kiệm", "tránh vay nặng lãi"),
            "lương tháng, khoản dự phòng, mục tiêu, lãi suất"),
    Subject(("dữ liệu cá nhân",), ("quyền của chủ thể", "sự đồng ý", "rò rỉ thông tin"),
            "xóa dữ liệu, mục đích sử dụng, bên xử lý"),
    Subject(("di sản văn hóa",), ("hát bài chòi", "làng nghề", "lễ hội đình làng"),
            "nghệ nhân, trao truyền, phố cổ, tháp cổ"),
    Subject(("chăm sóc trẻ nhỏ",), ("tiêm chủng", "bữa ăn dặm", "chơi cùng con"),
            "cân nặng, giấc ngủ, sổ theo dõi, nói chuyện với trẻ"),
    Subject(("hòa giải ở cơ sở",), ("tranh chấp đất đai", "mâu thuẫn láng giềng", "kỹ năng lắng nghe"),
            "hòa giải viên, biên bản hòa giải thành, hương ước"),
)  # fmt: skip

AUDIENCES = {
    "người cao tuổi": ("người cao tuổi", "người lớn tuổi"),
    "phụ nữ": ("phụ nữ", "hội viên phụ nữ"),
    "thanh niên": ("thanh niên", "đoàn viên thanh niên"),
    "nông dân": ("nông dân", "bà con nông dân"),
    "học sinh": ("học sinh", "học sinh trung học"),
    "cán bộ xã": ("cán bộ xã", "cán bộ, công chức cấp xã"),
    "giáo viên": ("giáo viên", "nhà giáo"),
    "người lao động": ("người lao động", "công nhân"),
}
PLACES = ("Hòa Vang", "Điện Bàn", "Hội An", "Tam Kỳ", "Đại Lộc", "Duy Xuyên", "Thăng Bình", "Quế Sơn", "Núi Thành",
          "Tiên Phước", "Hải Châu", "Sơn Trà", "Liên Chiểu", "Cẩm Lệ", "Nam Giang", "Tây Giang")  # fmt: skip
KINDS = {"Kế hoạch": "KH", "Quyết định": "QĐ", "Chỉ thị": "CT", "Báo cáo": "BC", "Hướng dẫn": "HD", "Thông báo": "TB",
         "Nghị quyết": "NQ"}  # fmt: skip
ISSUERS = {"UBND": "Ủy ban nhân dân", "HKH": "Hội Khuyến học", "HĐND": "Hội đồng nhân dân",
           "SGDĐT": "Sở Giáo dục và Đào tạo"}  # fmt: skip
FORMS = ("Cẩm nang", "Sổ tay", "Hỏi đáp về", "Bài học", "Kinh nghiệm", "Bước đầu làm quen với", "Năm điều cần biết về",
         "Tờ rơi", "Câu chuyện")  # fmt: skip
