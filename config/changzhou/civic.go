package changzhou

import (
	"time"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// Civic is the profile in the words of the subject. Grants for roles that no procedure uses yet are left out.
func (p *Profile) Civic() civic.Profile {
	c := civic.Profile{Calendar: workday.Builtin()}
	for _, r := range p.Regions {
		c.Regions = append(c.Regions, civic.Region{Key: r.Key, Code: r.Code, Name: r.Name, NameEn: r.NameEn, Level: r.Level, Kind: r.Kind,
			Successor: r.Successor, ValidFrom: r.Valid.From.instant(), ValidUntil: r.Valid.To.optional(), Households: r.Households, Population: r.Population, Urban: r.Urban})
	}
	for _, r := range p.Parents {
		c.Placements = append(c.Placements, civic.Placement{Region: r.Region, Parent: r.Parent, EntrustTo: r.EntrustedTo, From: r.Valid.From.instant(), Until: r.Valid.To.optional()})
	}
	for _, u := range p.Units {
		c.Units = append(c.Units, civic.Unit{Key: u.Key, Name: u.Name, NameEn: u.NameEn, ShortName: u.ShortName, Level: u.Level, Kind: u.Kind, Region: u.Region,
			Mark: u.DocumentMark, ValidFrom: u.Valid.From.instant(), ValidUntil: u.Valid.To.optional()})
	}
	for _, s := range p.Successions {
		c.Successions = append(c.Successions, civic.Succession{From: s.From, To: s.To, On: s.On.instant(), Note: s.Note})
	}
	p.rules(&c)
	for _, t := range p.TaskTable {
		c.TaskTable = append(c.TaskTable, civic.TableRow{Key: t.Key, Category: t.Category, Task: t.Task, Target: t.Target, Lead: t.Lead, Supports: append([]string{}, t.Supports...),
			Points: selection.Points(t.Points), Evidence: t.Evidence, Due: t.Due, Source: t.Source})
	}
	c.Standards, c.Projects = p.Standards, p.Projects
	for _, person := range p.People {
		c.People = append(c.People, person.civic())
	}
	for _, room := range p.Rooms {
		c.Rooms = append(c.Rooms, room.civic(p.Units))
	}
	return c
}

// rules adds parameters with their versions counted, lists and budget lines.
func (p *Profile) rules(c *civic.Profile) {
	versions := map[string]int{}
	for _, r := range p.Parameters {
		versions[r.Key]++
		c.Parameters = append(c.Parameters, civic.Parameter{Key: r.Key, Value: r.Value, Unit: r.Unit, From: r.EffectiveFrom.instant(), Version: versions[r.Key],
			Source: r.Source, Tag: r.LegalTag, NoteZh: r.NoteZh, NoteEn: r.NoteEn})
	}
	for _, l := range p.Lists {
		c.Entries = append(c.Entries, civic.Entry{List: civic.List(l.List), Category: civic.Category(l.Category), Name: l.Name, NameEn: l.NameEn, Parent: l.Parent,
			Unit: l.ResponsibleUnit, Clearance: l.Action, MergedInto: l.MergedInto, From: l.ValidFrom.instant(), Source: l.Source, Note: l.Note})
	}
	for _, b := range p.BudgetLines {
		c.Lines = append(c.Lines, civic.BudgetLine{ID: b.Key, Unit: b.Unit, Year: b.Year, Subject: b.SubjectCode, Name: b.SubjectName, Appropriated: money.Fen(b.AppropriatedFen)})
	}
}

func (p Person) civic() civic.SamplePerson {
	out := civic.SamplePerson{ID: p.Key, Name: p.Name, Unit: p.Unit, Post: p.Post, Login: p.Login, DeputyFor: p.DeputyFor, Since: Day("2024-01-01").instant()}
	for _, g := range p.Grants {
		if role := civic.Role(g.Role); role.Known() {
			out.Grants = append(out.Grants, civic.Grant{Role: role, Unit: g.Unit})
		}
	}
	return out
}

// instant is the beginning of the day in Changzhou. Loading has already refused days that are none.
func (d Day) instant() time.Time {
	t, err := civic.Day(string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

func (d Day) optional() *time.Time {
	if d == "" {
		return nil
	}
	t := d.instant()
	return &t
}
