package civic

import (
	"slices"
	"strings"

	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// StockState is how a room in the register stands.
type StockState string

// The states of a room. Misused rooms are taken back: ordered to be put right, then used again or vacant.
const (
	RoomInUse      StockState = "in_use"
	RoomVacant     StockState = "vacant"
	RoomMisused    StockState = "misused"    // 挪用、出租、出借: it is there, and does not serve the residents
	RoomRectifying StockState = "rectifying" // the misuse is being put right
	RoomDemolished StockState = "demolished" // it has left the register for good
)

// Station is one of the three stations (三大站) to which a room belongs; a room may belong to none.
type Station string

// The three stations of every community.
const (
	ManagementStation Station = "management_service"  // 社区管理服务站
	SocialStation     Station = "social_organisation" // 社会组织工作站
	ActivityStation   Station = "residents_activity"  // 居（村）民活动站
)

// Origin is how a room came to the community.
type Origin string

// The ways in which a community comes to a room.
const (
	FromProject     Origin = "project"     // 新建
	FromPurchase    Origin = "purchase"    // 购买
	FromLease       Origin = "lease"       // 租赁
	FromReplacement Origin = "replacement" // 置换
	FromIntegration Origin = "integration" // 整合共享
	FromExisting    Origin = "existing"    // it was there when the register began
)

// TitleKind is the paper on which a room is held.
type TitleKind string

// The papers; without one, nobody may write a number of it.
const (
	OwnershipTitle TitleKind = "ownership" // 不动产权证
	UseRightTitle  TitleKind = "use_right" // 使用权证
	LeaseTitle     TitleKind = "lease"     // 租赁合同
	NoTitle        TitleKind = "none"      // 未办证
)

// StockRoom is a room of the register as it stands: one room may serve many uses.
type StockRoom struct {
	ID          string       `json:"id"`
	Case        string       `json:"case,omitempty"` // the case by which it came into the register
	Region      string       `json:"region"`         // the community
	Name        string       `json:"name"`           // unique in the community while it stands
	Address     string       `json:"address,omitempty"`
	Area        space.Area   `json:"area"`   // as measured
	Storey      int          `json:"storey"` // 1 is the ground floor, there is no 0
	Uses        []string     `json:"uses"`   // functional rooms, of StockUses
	Station     Station      `json:"station,omitempty"`
	Signs       []string     `json:"signs"` // as they hang there
	State       StockState   `json:"state"`
	Owner       string       `json:"owner,omitempty"` // in whose name the paper is, or who lets the room
	TitleKind   TitleKind    `json:"title_kind"`
	TitleNumber string       `json:"title_number,omitempty"`
	From        workday.Date `json:"from"`           // the first day in the register
	Until       workday.Date `json:"until,omitzero"` // the first day not in it any more; none while it lasts
	Origin      Origin       `json:"origin"`
	Version     int          `json:"version,omitempty"` // grows with every change; 0 for a room that is not in the register yet
}

// Limits of the register.
const (
	MaxStockRooms  = 50 // that one act brings in
	maxStockUses   = 20
	maxStockSigns  = 10
	lowestStorey   = -9
	highestStorey  = 99
	maxStockArea   = 100_000 * space.SquareMetre // a room, not a district
	maxTitleNumber = 100
)

// Word is one value of a list of choices in both languages.
type Word struct {
	Key string `json:"key"`
	Words
}

// The choices of the register, in the order in which they are shown.
var (
	StockStates = []Word{{string(RoomInUse), Words{"在用", "in use"}}, {string(RoomVacant), Words{"空置", "vacant"}},
		{string(RoomMisused), Words{"挪用", "misused"}}, {string(RoomRectifying), Words{"整改中", "being put right"}}, {string(RoomDemolished), Words{"已拆除", "demolished"}}}
	Stations = []Word{{string(ManagementStation), Words{"社区管理服务站", "management and service station"}},
		{string(SocialStation), Words{"社会组织工作站", "social organisations' station"}}, {string(ActivityStation), Words{"居（村）民活动站", "residents' activity station"}}}
	Origins = []Word{{string(FromProject), Words{"新建", "newly built"}}, {string(FromPurchase), Words{"购买", "bought"}}, {string(FromLease), Words{"租赁", "leased"}},
		{string(FromReplacement), Words{"置换", "exchanged"}}, {string(FromIntegration), Words{"整合共享", "shared"}}, {string(FromExisting), Words{"既有", "existing"}}}
	TitleKinds = []Word{{string(OwnershipTitle), Words{"不动产权证", "certificate of ownership"}}, {string(UseRightTitle), Words{"使用权证", "certificate of use"}},
		{string(LeaseTitle), Words{"租赁合同", "lease"}}, {string(NoTitle), Words{"未办证", "no paper yet"}}}
	// StockUses are the functional rooms of the three stations, and what a housing standard may leave out.
	StockUses = []Word{{string(space.CommunityService), Words{"社区服务", "community service"}}, {"governance", Words{"综治", "public order"}}, {"police", Words{"警务", "police"}},
		{"civil_affairs", Words{"民政", "civil affairs"}}, {"social_security", Words{"人社", "employment and social security"}}, {"family_planning", Words{"计生", "family planning"}},
		{"disabled", Words{"残联", "disabled persons' affairs"}}, {"office", Words{"办公", "office"}}, {"meeting", Words{"会议议事", "meetings"}},
		{"party", Words{"党群服务", "party and mass service"}}, {"social_organisations", Words{"社会组织", "social organisations"}}, {"culture_education", Words{"文教", "culture and education"}},
		{"rehabilitation", Words{"残疾人康复", "rehabilitation"}}, {string(space.ElderlyCare), Words{"居家养老", "elderly care"}}, {"training", Words{"教育培训", "training"}},
		{"reading", Words{"图书阅览", "reading room"}}, {"sports", Words{"文体活动", "sports and arts"}}, {"children", Words{"儿童活动", "children"}},
		{string(space.PropertyManagement), Words{"物业管理", "property management"}}}
)

func wordKnown(list []Word, key string) bool {
	return slices.ContainsFunc(list, func(w Word) bool { return w.Key == key })
}

// Faults are everything that keeps the room out of the register, as far as the room alone can tell.
func (r StockRoom) Faults() []*Error {
	var out []*Error
	refuse := func(bad bool, code, field, zh, en string) {
		if bad {
			out = append(out, Refuse(Invalid, code, zh, en).At(field))
		}
	}
	refuse(r.Region == "", "missing", "region", "请填写所在社区。", "Name the community.")
	refuse(strings.TrimSpace(r.Name) == "" || names.Normal(r.Name) == "", "missing", "name", "请填写用房名称。", "Give the room a name.")
	refuse(names.Valid(r.Name, maxName) != nil, "bad_character", "name", "用房名称过长或含有不允许的字符。", "The name is too long or has a character that is not allowed.")
	refuse(names.Valid(r.Address, 200) != nil, "bad_character", "address", "地址过长或含有不允许的字符。", "The address is too long or has a character that is not allowed.")
	refuse(names.Valid(r.Owner, 100) != nil, "bad_character", "owner", "权利人过长或含有不允许的字符。", "The owner is too long or has a character that is not allowed.")
	refuse(names.Valid(r.TitleNumber, maxTitleNumber) != nil, "bad_character", "title_number", "证号过长或含有不允许的字符。", "The number is too long or has a character that is not allowed.")
	refuse(r.Area <= 0, "no_area", "area", "建筑面积应大于零。", "The area must be above zero.")
	refuse(r.Area > maxStockArea, "area_too_large", "area", "建筑面积不得超过100000平方米。", "The area is at most 100,000 m².")
	refuse(r.Storey == 0 || r.Storey < lowestStorey || r.Storey > highestStorey, "bad_storey", "storey",
		"楼层应为-9至99且不为0（首层为1，地下为负）。", "The storey lies between -9 and 99 and is not 0: the ground floor is 1, below ground is negative.")
	refuse(!wordKnown(StockStates, string(r.State)), "unknown_state", "state", "请选择使用状态。", "Choose a state.")
	refuse(r.Station != "" && !wordKnown(Stations, string(r.Station)), "unknown_station", "station", "没有这个站。", "There is no such station.")
	refuse(!wordKnown(Origins, string(r.Origin)), "unknown_origin", "origin", "请选择来源。", "Choose how the room was come by.")
	refuse(!wordKnown(TitleKinds, string(r.TitleKind)), "unknown_title", "title_kind", "请选择权属凭证。", "Choose the paper on which it is held.")
	refuse((r.TitleKind == NoTitle) != (r.TitleNumber == ""), "title_number", "title_number", "证号应与权属凭证一致：有凭证须填证号，未办证不填。",
		"A paper has a number; where there is no paper there is none.")
	return append(out, append(r.lists(), r.days()...)...)
}

// lists checks the uses and the signs.
func (r StockRoom) lists() []*Error {
	var out []*Error
	if len(r.Uses) == 0 {
		out = append(out, Refuse(Invalid, "missing", "请至少选择一种用途。", "Choose at least one use.").At("uses"))
	}
	if len(r.Uses) > maxStockUses || len(r.Signs) > maxStockSigns {
		out = append(out, Refuse(Invalid, "too_many_entries", "列表项过多。", "A list has too many entries.").At("uses"))
	}
	for i, u := range r.Uses {
		if !wordKnown(StockUses, u) {
			out = append(out, Refuse(Invalid, "unknown_use", "没有这种用途。", "There is no such use.").At("uses").With("use", clip(u)))
		} else if slices.Contains(r.Uses[:i], u) {
			out = append(out, Refuse(Invalid, "use_twice", "用途重复。", "A use is named twice.").At("uses").With("use", u))
		}
	}
	for _, s := range r.Signs {
		if strings.TrimSpace(s) == "" || names.Valid(s, maxName) != nil {
			out = append(out, Refuse(Invalid, "bad_character", "标牌名称为空、过长或含有不允许的字符。", "A sign is empty, too long, or has a character that is not allowed.").At("signs"))
		}
	}
	return out
}

func (r StockRoom) days() []*Error {
	switch {
	case r.From.IsZero():
		return []*Error{Refuse(Invalid, "missing", "请填写启用日期。", "Give the first day.").At("from")}
	case !r.Until.IsZero() && !r.Until.After(r.From):
		return []*Error{Refuse(Invalid, "bad_date", "终止日期应晚于启用日期。", "The end lies after the first day.").At("until")}
	case r.State == RoomDemolished && r.Until.IsZero():
		return []*Error{Refuse(Invalid, "missing", "已拆除的用房应填写终止日期。", "A demolished room has an end.").At("until")}
	case r.TitleKind == LeaseTitle && r.Origin != FromLease, r.Origin == FromLease && r.TitleKind != LeaseTitle:
		return []*Error{Refuse(Invalid, "lease_mismatch", "租赁用房的权属凭证应为租赁合同，其他来源不得以租赁合同入库。", "What is leased is held on a lease, and nothing else is.").At("title_kind")}
	}
	return nil
}

// Stands reports whether the room is in the register on that day.
func (r StockRoom) Stands(day workday.Date) bool {
	return !r.From.IsZero() && !r.From.After(day) && (r.Until.IsZero() || day.Before(r.Until))
}
