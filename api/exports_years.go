package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

var projectColumns = []column{
	{"编号", "Number", 18}, {"项目", "Project", 32}, {"建设单位", "Developer", 28}, {"社区", "Community", 18}, {"辖市、区", "District", 14}, {"状态", "State", 16},
	{"规划户数", "Planned homes", 10}, {"应配面积（㎡）", "Required (m²)", 14}, {"设计面积（㎡）", "Designed (m²)", 14}, {"许可面积（㎡）", "Permitted (m²)", 14},
	{"实测面积（㎡）", "Measured (m²)", 14}, {"移交面积（㎡）", "Handed over (m²)", 14}, {"登记面积（㎡）", "Registered (m²)", 14}, {"待补面积（㎡）", "Owed (m²)", 14},
	{"未结整改通知", "Open orders", 10}, {"办理期限", "Due", 17},
}

// ExportProjects handles GET /exports/housing-projects.
func (s *server) ExportProjects(c *gin.Context, p ExportProjectsParams) {
	lang := language(c)
	s.export(c, "用房项目", "Housing projects", projectColumns, func(t table) error {
		return s.o.Desk.ExportProjects(c.Request.Context(), who(c), civic.ProjectFilter{States: p.State, District: p.District, Developer: p.Developer, Text: p.Text, Overdue: p.Overdue},
			func(l civic.ProjectLine) error {
				a := l.Areas
				return t.add(l.Number, l.Title, nameOrNone(lang, l.Developer), nameOrNone(lang, l.Community), nameOrNone(lang, l.District), in(lang, l.Words), l.Households,
					areaCell(a.Required), areaCell(a.Designed), areaCell(a.Permitted), areaCell(a.Measured), areaCell(a.HandedOver), areaCell(a.Registered), areaCell(l.Owed),
					l.OpenOrders, l.Clock.DueAt)
			})
	})
}

var nominationColumns = []column{
	{"社区（村）", "Community", 22}, {"街道（镇）", "Street or town", 18}, {"辖市、区", "District", 14}, {"状态", "State", 16}, {"街道（镇）位次", "Street's rank", 10},
	{"自评", "Own score", 10}, {"考评组", "Panel", 10}, {"满意度", "Satisfaction", 10}, {"基础分", "Base", 10}, {"加分", "Bonus", 8}, {"减分", "Penalty", 8}, {"复评", "Second score", 10},
	{"结果", "Outcome", 16},
}

// ExportNominations handles GET /exports/nominations.
func (s *server) ExportNominations(c *gin.Context, p ExportNominationsParams) {
	lang := language(c)
	s.export(c, "创建申报", "Nominations", nominationColumns, func(t table) error {
		return s.o.Desk.ExportNominations(c.Request.Context(), who(c), p.Year, p.District, p.State, func(n civic.NomineeLine) error {
			cells := []any{nameIn(lang, n.CommunityView), nameIn(lang, n.StreetView), nameIn(lang, n.DistrictView), in(lang, n.Words), atLeastOne(int64(n.Rank))}
			for _, score := range []selection.Points{n.Self, n.Panel, n.Survey, n.Base, n.Bonus, n.Penalty} {
				cells = append(cells, scoreCell(n.Frozen, &score))
			}
			outcome := ""
			if n.OutcomeWords != nil {
				outcome = in(lang, *n.OutcomeWords)
			}
			return t.add(append(cells, scoreCell(n.Frozen, n.Second), outcome)...)
		})
	})
}

var titleColumns = []column{
	{"证书编号", "Certificate", 16}, {"社区（村）", "Community", 22}, {"辖市、区", "District", 14}, {"称号", "Title", 32}, {"命名文号", "Document", 22}, {"命名日期", "Named on", 12}, {"撤销日期", "Removed on", 12},
}

// ExportTitles handles GET /public/exports/titles.
func (s *server) ExportTitles(c *gin.Context, p ExportTitlesParams) {
	lang := language(c)
	s.export(c, "命名名单", "Titles", titleColumns, func(t table) error {
		return s.o.Desk.ExportTitles(c.Request.Context(), p.Year, func(v civic.TitleView) error {
			removed := any(nil)
			if v.RevokedAt != nil {
				removed = workday.DateOf(*v.RevokedAt)
			}
			return t.add(v.Plaque, nameIn(lang, v.CommunityView), nameIn(lang, v.DistrictView), v.Name, v.Document, workday.DateOf(v.NamedAt), removed)
		})
	})
}

func nameOrNone(lang string, n *civic.Named) string {
	if n == nil {
		return ""
	}
	return nameIn(lang, *n)
}

// areaCell is an area that may not be there yet.
func areaCell(a *space.Area) any {
	if a == nil {
		return nil
	}
	return a.String()
}

// scoreCell is a score that is shown once it is frozen.
func scoreCell(frozen bool, p *selection.Points) any {
	if !frozen || p == nil {
		return nil
	}
	return p.String()
}

// atLeastOne is a place that begins with one.
func atLeastOne(n int64) any {
	if n < 1 {
		return nil
	}
	return n
}
