"""Which column of a table holds what, by its heading: English, Chinese, and the languages in which LinkedIn writes its export. Pure."""

from collections.abc import Iterable

from referral_hub.matching.rules.text import compact

FIELDS = (
	"name",
	"first_name",
	"last_name",
	"email",
	"phone",
	"employer",
	"title",
	"place",
	"url",
	"skills",
	"tags",
	"note",
	"since",
)
_HEADINGS = {
	"name": "name|full name|contact name|display name|contact|姓名|名称|联系人|联系人姓名|昵称|备注名|氏名|이름|nom complet|nombre completo",
	"first_name": "first name|given name|forename|名|名字|vorname|prénom|nombre|nome|given|имя|voornaam|名前|이름(성제외)",
	"last_name": "last name|family name|surname|姓|姓氏|nachname|nom|apellidos|apellido|sobrenome|cognome|фамилия|achternaam|성",
	"email": "email address|email|e mail|mail|e mail address|e mail 1 value|email 1|邮箱|电子邮箱|电子邮件|电子邮件地址|邮件|邮箱地址|e mail adresse"
	"|adresse e mail|dirección de correo electrónico|correo electrónico|endereço de e mail|indirizzo email|メールアドレス|이메일 주소|이메일",
	"phone": "phone|phone number|mobile|mobile phone|mobile number|telephone|tel|cell|phone 1 value|电话|手机|手机号|手机号码|电话号码|联系电话|联系方式|telefon"
	"|téléphone|teléfono|電話番号|전화번호",
	"employer": "company|employer|organization|organisation|organization name|organization 1 name|current company|公司|单位|工作单位|公司名称|任职公司|雇主|unternehmen|firma"
	"|entreprise|empresa|azienda|会社|会社名|회사",
	"title": "position|title|job title|designation|role|organization title|organization 1 title|occupation|职位|职务|岗位|职称|头衔|poste|cargo|posizione|posición|役職|직책|직위",
	"place": "location|city|place|address|region|地区|城市|所在地|地址|所在城市|地点|ort|ville|ciudad|勤務地|지역",
	"url": "url|profile url|linkedin|linkedin url|profile|website|网址|主页|链接|个人主页|profil",
	"skills": "skills|skill|expertise|技能|专长|特长|擅长|kenntnisse|compétences|スキル",
	"tags": "tags|labels|categories|category|groups|group membership|标签|分组|群组|分类",
	"note": "notes|note|comment|comments|remark|remarks|description|备注|说明|notizen|remarques",
	"since": "connected on|known since|connected|met on|连接于|建立联系的日期|添加日期|联系建立日期|添加时间|vernetzt am|en relation depuis|fecha de conexión|conectado em"
	"|data collegamento|つながり日|연결일|connecté le|conexión desde",
}
_BY_HEADING = {compact(word): field for field, words in _HEADINGS.items() for word in words.split("|")}
# who is meant, or how to find them
_WHO = {"name", "first_name", "last_name"}


def field_of(heading: str | None) -> str | None:
	return _BY_HEADING.get(compact(heading))


def mapping_of(headings: Iterable[str | None]) -> dict[int, str]:
	"""Return {column: field}; of two columns for one field the first has it, but e-mails and phones may have several."""
	found: dict[int, str] = {}
	for column, heading in enumerate(headings):
		field = field_of(heading)
		if field and (field not in found.values() or field in ("email", "phone")):
			found[column] = field
	return found


def is_header(headings: Iterable[str | None]) -> bool:
	"""Whether a row names columns: one of them says who."""
	return bool(_WHO & set(mapping_of(headings).values()))
