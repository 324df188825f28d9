package civic

import (
	"time"

	"lizheng/civic/money"
	"lizheng/civic/workday"
)

// day is the first instant of a day in Changzhou.
func day(s string) time.Time {
	d, err := Day(s)
	if err != nil {
		panic(err) // a slip of the test's pen
	}
	return d.UTC()
}

// clock is an instant of a day in Changzhou.
func clock(s string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", s, workday.Shanghai)
	if err != nil {
		panic(err)
	}
	return at.UTC()
}

var beginning = day("2014-07-24")

// parameters are a small city's: every number that the rules of admission ask for.
func parameters() []Parameter {
	out := []Parameter{
		{Key: "bodies.legal", Value: "cz-justice", From: day("2019-01-01")},
	}
	for _, p := range [][2]string{
		{"bodies.leading_group", "cz-leading-group"}, {"bodies.office", "cz-leading-office"}, {"bodies.finance", "cz-finance"}, {"bodies.legal", "cz-legal-affairs"},
		{"joint.units", "cz-organisation|cz-finance|cz-human-resources|cz-legal-affairs"},
		{"admission.lead_time_wd", "30"}, {"admission.decision_wd", "15"}, {"admission.register_wd", "1"}, {"admission.completeness_wd", "5"},
		{"admission.correction_wd", "10"}, {"admission.correction_rounds", "1"}, {"admission.prereview_wd", "5"}, {"admission.consult_wd", "5"},
		{"admission.consult_per_district", "1"}, {"admission.cosign_wd", "5"}, {"admission.chair_limit_fen", "5000000"}, {"admission.vote_wd", "3"},
		{"admission.vote_quorum_percent", "67"}, {"admission.decide_wd", "2"}, {"admission.fulfil_wd", "30"}, {"admission.public_notice_wd", "5"},
		{"admission.objection_wd", "10"}, {"admission.issue_wd", "3"}, {"admission.exit_wd", "5"}, {"admission.archive_wd", "30"},
		{"admission.urge_max_per_task", "3"}, {"admission.term_max_years", "3"}, {"admission.temp_max_days", "180"}, {"admission.cooloff_years", "1"},
	} {
		out = append(out, Parameter{Key: p[0], Value: p[1], From: beginning, Version: 1})
	}
	return out
}

// atlas is a piece of the city with its reforms: 戚墅堰区 ends in 2015, its street is entrusted to 经开区; the legal office joins the justice bureau in 2019.
func atlas() *Atlas {
	since, reform := day("2014-01-01"), day("2015-04-28")
	region := func(key, name, level string, households, population int64) Region {
		return Region{Key: key, Name: name, Level: level, ValidFrom: since, Households: households, Population: population}
	}
	regions := []Region{
		region("cz", "常州市", "city", 0, 0), region("tianning", "天宁区", "district", 0, 0), region("zhonglou", "钟楼区", "district", 0, 0),
		{Key: "qishuyan", Name: "戚墅堰区", Level: "district", ValidFrom: since, ValidUntil: &reform, Successor: "jingkai"},
		{Key: "wujin", Name: "武进区", Level: "district", ValidFrom: reform}, {Key: "jingkai", Name: "常州经济开发区", Level: "district", ValidFrom: reform},
		region("hongmei", "红梅街道", "township", 0, 0), region("lanling", "兰陵街道", "township", 0, 0),
		region("wuxing", "五星街道", "township", 0, 0), region("qsy-street", "戚墅堰街道", "township", 0, 0),
		region("zhaoyang", "朝阳花园社区", "community", 2346, 6800), region("cuizhu", "翠竹社区", "community", 1875, 5200),
		region("lancheng", "兰翠社区", "community", 1000, 2900), region("xinhe", "新合社区", "community", 500, 1500), region("gongfang", "工房社区", "community", 812, 2300),
		{Key: "old-lane", Name: "老巷社区", Level: "community", ValidFrom: since, ValidUntil: &reform, Successor: "gongfang", Households: 300},
	}
	placements := []Placement{
		{Region: "tianning", Parent: "cz", From: since}, {Region: "zhonglou", Parent: "cz", From: since}, {Region: "qishuyan", Parent: "cz", From: since, Until: &reform},
		{Region: "wujin", Parent: "cz", From: reform}, {Region: "jingkai", Parent: "cz", From: reform},
		{Region: "hongmei", Parent: "tianning", From: since}, {Region: "lanling", Parent: "tianning", From: since}, {Region: "wuxing", Parent: "zhonglou", From: since},
		{Region: "qsy-street", Parent: "qishuyan", From: since, Until: &reform}, {Region: "qsy-street", Parent: "wujin", EntrustTo: "jingkai", From: reform},
		{Region: "zhaoyang", Parent: "hongmei", From: since}, {Region: "cuizhu", Parent: "hongmei", From: since}, {Region: "lancheng", Parent: "lanling", From: since},
		{Region: "xinhe", Parent: "wuxing", From: since}, {Region: "gongfang", Parent: "qsy-street", From: since}, {Region: "old-lane", Parent: "qsy-street", From: since, Until: &reform},
	}
	var units []Unit
	for _, key := range []string{"cz-disabled", "cz-human-resources", "cz-organisation", "cz-finance", "cz-political-legal", "cz-justice", "cz-leading-group", "cz-leading-office"} {
		units = append(units, Unit{Key: key, Name: key, Level: "city", Region: "cz", ValidFrom: since})
	}
	justice := day("2019-01-01")
	units = append(units, Unit{Key: "cz-legal-affairs", Name: "法制办", Level: "city", Region: "cz", ValidFrom: since, ValidUntil: &justice},
		Unit{Key: "tianning-office", Name: "天宁区领导小组办公室", Level: "district", Region: "tianning", ValidFrom: since})
	for _, r := range regions {
		switch r.Level {
		case "township":
			units = append(units, Unit{Key: r.Key + "-office", Name: r.Name + "办事处", Level: r.Level, Region: r.Key, ValidFrom: r.ValidFrom})
		case "community":
			units = append(units, Unit{Key: r.Key + "-committee", Name: r.Name + "居民委员会", Level: r.Level, Region: r.Key, ValidFrom: r.ValidFrom, ValidUntil: r.ValidUntil})
		}
	}
	return NewAtlas(regions, placements, units, []Succession{{From: "cz-legal-affairs", To: "cz-justice", On: justice}})
}

// holders are the city's officials: gu-xin drafts for one body and reviews for another, li-juan is the usual applicant.
func holders() map[Seat][]string {
	out := map[Seat][]string{
		{DeptClerk, "cz-disabled", ""}: {"li-juan", "gu-xin"}, {DeptLeader, "cz-disabled", ""}: {"zhao-guoqiang"},
		{DeptClerk, "cz-human-resources", ""}: {"wang-fang", "sun-lei"}, {DeptLeader, "cz-human-resources", ""}: {"zhou-min"},
		{OfficeClerk, "cz-leading-office", ""}: {"chen-jing", "xu-ming", "fan-lei"}, {OfficeHead, "cz-leading-office", ""}: {"xu-jian", "he-lin"},
		{Finance, "cz-finance", ""}: {"qian-wei", "feng-li"}, {Legal, "cz-legal-affairs", ""}: {"cao-yang"}, {Legal, "cz-justice", ""}: {"cao-yang"},
		{Reviewer, "cz-organisation", ""}: {"zhu-hong", "zhu-lan"}, {Reviewer, "cz-human-resources", ""}: {"tang-jun", "sun-lei"},
		{Reviewer, "cz-political-legal", ""}: {"pan-feng", "gu-xin"}, {Reviewer, "tianning-office", ""}: {"yuan-ting"},
		{GroupMember, "cz-leading-group", ""}: {"song-lixin", "deng-liping", "xie-dong"}, {GroupChair, "cz-leading-group", ""}: {"liang-zhiyuan", "liang-er"},
	}
	for _, street := range []string{"hongmei", "lanling", "wuxing", "qsy-street"} {
		out[Seat{StreetClerk, street + "-office", ""}] = []string{"clerk-" + street}
	}
	for _, c := range []string{"zhaoyang", "cuizhu", "lancheng", "xinhe", "gongfang"} {
		out[Seat{Community, c + "-committee", ""}] = []string{"clerk-" + c, "clerk-2-" + c}
	}
	return out
}

func lines() map[string]*BudgetLine {
	return map[string]*BudgetLine{
		"disabled-2014":  {ID: "disabled-2014", Unit: "cz-disabled", Year: 2014, Name: "其他残疾人事业支出", Appropriated: 28_000_000},
		"disabled-other": {ID: "disabled-other", Unit: "cz-disabled", Year: 2014, Name: "残疾人康复支出", Appropriated: 12_000_000},
		"disabled-old":   {ID: "disabled-old", Unit: "cz-disabled", Year: 2013, Name: "上年残疾人事业支出", Appropriated: 28_000_000, Closed: true},
		"human-2014":     {ID: "human-2014", Unit: "cz-human-resources", Year: 2014, Name: "其他人力资源和社会保障管理事务支出", Appropriated: 90_000_000},
	}
}

// form is a request that stands every check: 5 yuan a household in three communities of two districts, a small item.
func form() AccessRequest {
	return AccessRequest{
		Name: "残疾人康复需求入户调查", Category: TaskItem, Purpose: NewItem,
		Basis:     []Basis{{Level: "province", Title: "江苏省残疾人保障条例", Article: "第十二条"}},
		Necessity: "掌握康复需求", WhyNotOwn: "需要熟悉居民的人员入户", Work: "入户登记", PartPlayed: "assist",
		Communities: []string{"zhaoyang", "lancheng", "xinhe"}, Duration: "phased", Start: "2014-11-03", End: "2015-10-31",
		Powers: "查阅残疾人名册", ExitWhen: "调查完成", LegalReview: "合法",
		Funding: Funding{Kind: FromLine, Line: "disabled-2014", Driver: PerHousehold, Rate: 500, Total: 500 * (2346 + 1000 + 500), Payee: "红梅街道办事处"},
	}
}

// atRate is the form at another rate per household.
func atRate(rate money.Fen) AccessRequest {
	f := form()
	f.Funding.Rate, f.Funding.Total = rate, rate*(2346+1000+500)
	return f
}

// dear is an item so large that the members vote on it.
func dear() AccessRequest { return atRate(2000) }

func promised() AccessRequest {
	f := form()
	f.Funding.Kind, f.Funding.Line, f.Funding.Statement = Promised, "", "列入明年预算"
	return f
}

func zeroCost() AccessRequest {
	f := form()
	f.Funding = Funding{Kind: ZeroCost, Statement: "只张贴海报"}
	return f
}
