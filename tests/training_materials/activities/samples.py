"""One small activity of each kind."""

from training_materials.activities.branching_scenario import BranchingScenario, Change, Choice, Meter, Need, Scene
from training_materials.activities.content import Picture
from training_materials.activities.flash_cards import Card, FlashCards
from training_materials.activities.hotspot_picture import HotspotPicture, Spot
from training_materials.activities.knowledge_check import Answer, KnowledgeCheck, Question

PICTURE = Picture("images/giay.png", "image/png", 1000, 700, "Giấy công nhận")

CHECK = KnowledgeCheck(
    introduction="Hai câu.\nCâu sau có hình.",
    pass_percentage=50,
    questions=(
        Question(
            "Đâu là minh chứng & vì sao?",
            (Answer("Giấy <xác nhận>", True, "Có nơi cấp."), Answer("Lời kể", False)),
            "Minh chứng kiểm tra được.",
        ),
        Question(
            "Hai việc nào là tự học?",
            (Answer("Đọc sách", True), Answer("Ngủ trưa", False), Answer("Học trực tuyến", True)),
            picture=PICTURE,
        ),
    ),
)
CARDS = FlashCards((Card("Chỉ số 1", "Đọc"), Card("Chỉ số 2", "Kế hoạch", PICTURE), Card("Chỉ số 3", "Sinh hoạt")))
STORY = BranchingScenario(
    meters=(Meter("tin", "Lòng tin", 1, 0, 3),),
    scenes=(
        Scene(
            "hop",
            "Cuộc họp",
            "Mọi người đã đến.",
            (
                Choice("Lắng nghe", "hop", "Không khí ấm lên.", changes=(Change("tin", 2),)),
                Choice("Chốt chung", "vui", needs=(Need("tin", 3),)),
                Choice("Chốt một mình", "buon", changes=(Change("tin", -5),)),
            ),
        ),
        Scene("vui", "Đồng thuận", "Ai cũng ký.", points=10),
        Scene("buon", "Bỏ dở", "Vài người về.", points=2, picture=PICTURE),
    ),
)
EXPLORED = HotspotPicture(PICTURE, (Spot(10, 10, "Quốc hiệu", "Trên cùng"), Spot(80, 80, "Dấu", "Màu đỏ")))
SEARCHED = HotspotPicture(
    PICTURE,
    (Spot(10, 10, "Quốc hiệu", "", True), Spot(80, 80, "Dấu", "", True), Spot(50, 50, "Hoa văn", "")),
    mode="find",
    question="Đâu là phần bắt buộc?",
)
ALL = {"check": CHECK, "cards": CARDS, "story": STORY, "explored": EXPLORED, "searched": SEARCHED}
