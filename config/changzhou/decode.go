package changzhou

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Vocabularies of the files. A new word needs a reader elsewhere, so it is added here first.
var (
	levels = []string{"city", "district", "township", "community"}

	kindsByLevel = map[string][]string{
		"city":      {"prefecture_city"},
		"district":  {"district", "county_city", "dev_zone"},
		"township":  {"street", "town"},
		"community": {"residents_committee", "village_committee", "combined", "preparatory"},
	}

	unitKinds = []string{"party", "government", "mass_organisation", "leading_group", "office", "committee",
		"developer", "third_party", "social_organisation"}

	legalTags  = []string{"S", "L", "F", "D", "G", "P"}
	actions    = []string{"stop", "reduce", "merge", "transfer", "limit", "keep"}
	lists      = []string{"negative", "duty", "assist", "admitted", "certificate", "system", "sign"}
	categories = []string{"ORG", "VENUE", "TASK", "EVAL", "ASSESS", "LEDGER", "SYSTEM", "CERT", "SIGN", "SURVEY"}
)

// Roles are the roles a sample person may hold, in the order of the procedures.
// The public reads without an account and therefore has no person.
var Roles = []string{
	"city_dept_clerk", "city_dept_leader", "city_office_clerk", "city_office_director", "joint_reviewer",
	"finance_officer", "legal_reviewer", "leading_group_member", "leading_group_chair", "planning_officer",
	"construction_officer", "devreform_officer", "housing_authority", "district_office", "district_assessor",
	"district_leader", "civil_affairs_officer", "street_clerk", "street_finance", "street_leader", "community_director", "community_clerk",
	"developer", "surveyor", "third_party_assessor", "social_org", "naming_officer", "supervisor", "sys_admin", "sec_admin", "auditor",
}

var regionTable = table[Region]{
	file: "regions.csv",
	header: []string{"key", "code", "name", "name_en", "level", "kind", "valid_from", "valid_to", "successor_key",
		"households", "population", "urban", "note"},
	row: func(r *row) Region {
		level := r.among("level", levels...)
		return Region{
			Key: r.key("key"), Code: r.optional("code"), Name: r.text("name"), NameEn: r.text("name_en"),
			Level: level, Kind: r.among("kind", kindsByLevel[level]...), Valid: r.span(),
			Successor: r.optionalKey("successor_key"), Households: r.count("households"),
			Population: r.count("population"), Urban: r.flag("urban"), Note: r.optional("note"),
		}
	},
}

var parentTable = table[RegionParent]{
	file:   "region_parents.csv",
	header: []string{"key", "parent_key", "entrusted_to_key", "valid_from", "valid_to"},
	row: func(r *row) RegionParent {
		return RegionParent{
			Region: r.key("key"), Parent: r.key("parent_key"), EntrustedTo: r.optionalKey("entrusted_to_key"),
			Valid: r.span(),
		}
	},
}

var unitTable = table[Unit]{
	file: "units.csv",
	header: []string{"key", "name", "name_en", "short_name", "level", "kind", "region_key", "document_mark",
		"valid_from", "valid_to"},
	row: func(r *row) Unit {
		return Unit{
			Key: r.key("key"), Name: r.text("name"), NameEn: r.text("name_en"), ShortName: r.text("short_name"),
			Level: r.among("level", levels...), Kind: r.among("kind", unitKinds...), Region: r.key("region_key"),
			DocumentMark: r.optional("document_mark"), Valid: r.span(),
		}
	},
}

var successionTable = table[Succession]{
	file:   "unit_successions.csv",
	header: []string{"from_key", "to_key", "on_date", "note"},
	row: func(r *row) Succession {
		return Succession{From: r.key("from_key"), To: r.key("to_key"), On: r.day("on_date"), Note: r.text("note")}
	},
}

var parameterTable = table[Parameter]{
	file:   "parameters.csv",
	header: []string{"key", "value", "unit", "effective_from", "source", "legal_tag", "note_zh", "note_en"},
	row: func(r *row) Parameter {
		p := Parameter{
			Key: r.key("key"), Value: r.text("value"), Unit: r.text("unit"), EffectiveFrom: r.day("effective_from"),
			Source: r.text("source"), LegalTag: r.among("legal_tag", legalTags...),
			NoteZh: r.text("note_zh"), NoteEn: r.text("note_en"),
		}
		if err := checkValue(p.Unit, p.Value); err != nil {
			r.fail("value", "%v", err)
		}
		return p
	},
}

// valueForms says what one element of a value looks like in each unit of measure.
var valueForms = map[string]*regexp.Regexp{
	"wd": wholeSigned, "days": whole, "months": whole, "years": whole, "count": whole, "percent": whole,
	"points": whole, "fen": whole, "hours": whole,
	"m2": decimal, "ratio": decimal, "persons": decimal,
	"month_day": regexp.MustCompile(`^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`),
	"clock":     regexp.MustCompile(`^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$`),
	"bool":      regexp.MustCompile(`^(true|false)$`),
	"choice":    regexp.MustCompile(`^[a-z0-9_]+$`),
	"units":     keyForm,
}

var (
	whole       = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)
	wholeSigned = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)
	decimal     = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]+)?$`)
)

func checkValue(unit, value string) error {
	form, ok := valueForms[unit]
	if !ok {
		return fmt.Errorf("has no known unit of measure: %q", unit)
	}
	for element := range strings.SplitSeq(value, "|") {
		if !form.MatchString(element) {
			return fmt.Errorf("%q is not in %s", element, unit)
		}
	}
	return nil
}

var listTable = table[ListItem]{
	file: "lists.csv",
	header: []string{"list", "category", "name", "name_en", "parent_name", "clearance_action", "merged_into",
		"responsible_unit", "valid_from", "source", "note"},
	row: func(r *row) ListItem {
		return ListItem{
			List: r.among("list", lists...), Category: r.among("category", categories...), Name: r.text("name"),
			NameEn: r.text("name_en"), Parent: r.optional("parent_name"), Action: r.among("clearance_action", actions...),
			MergedInto: r.optional("merged_into"), ResponsibleUnit: r.key("responsible_unit"),
			ValidFrom: r.day("valid_from"), Source: r.text("source"), Note: r.optional("note"),
		}
	},
}

var subjectForm = regexp.MustCompile(`^[0-9]{7}$`)

var budgetTable = table[BudgetLine]{
	file:   "budget_lines.csv",
	header: []string{"key", "unit_key", "year", "subject_code", "subject_name", "appropriated_fen", "note"},
	row: func(r *row) BudgetLine {
		b := BudgetLine{
			Key: r.key("key"), Unit: r.key("unit_key"), Year: int(r.count("year")), SubjectCode: r.text("subject_code"),
			SubjectName: r.text("subject_name"), AppropriatedFen: r.count("appropriated_fen"), Note: r.optional("note"),
		}
		if !subjectForm.MatchString(b.SubjectCode) {
			r.fail("subject_code", "%q is not a seven-digit subject", b.SubjectCode)
		}
		if b.AppropriatedFen == 0 {
			r.fail("appropriated_fen", "is zero: a line without money is not a line")
		}
		return b
	},
}

var personTable = table[Person]{
	file:   "people.csv",
	header: []string{"key", "name", "unit_key", "post", "login", "roles", "deputy_for"},
	row: func(r *row) Person {
		return Person{
			Key: r.key("key"), Name: r.text("name"), Unit: r.key("unit_key"), Post: r.text("post"),
			Login: r.key("login"), Grants: r.grants("roles"), DeputyFor: r.optionalKey("deputy_for"),
		}
	},
}

// grants reads role@unit, several separated by "|".
func (r *row) grants(column string) []Grant {
	var out []Grant
	for element := range strings.SplitSeq(r.text(column), "|") {
		role, unit, ok := strings.Cut(element, "@")
		g := Grant{Role: role, Unit: unit}
		switch {
		case !ok || !keyForm.MatchString(unit):
			r.fail(column, "%q is not role@unit", element)
		case !slices.Contains(Roles, role):
			r.fail(column, "%q is not a role", role)
		case slices.Contains(out, g):
			r.fail(column, "%q stands twice", element)
		}
		out = append(out, g)
	}
	return out
}
