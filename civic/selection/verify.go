package selection

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Finding is one place where a published sheet is not what its own figures give.
type Finding struct {
	Path      string `json:"path"`         // such as "lists[2].places[0].rank"
	Of        string `json:"of,omitempty"` // the key or code of whom it is about
	Published string `json:"published"`    // in canonical form; empty if there is nothing
	Computed  string `json:"computed"`
}

func (f Finding) String() string {
	of := ""
	if f.Of != "" {
		of = " (" + f.Of + ")"
	}
	return fmt.Sprintf("%s%s: published %s, computed %s", f.Path, of, orNothing(f.Published), orNothing(f.Computed))
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// mostFindings are enough to see what is wrong.
const mostFindings = 20

// Verify computes a published sheet again from what it says was given, and compares
// every member. The first finding is the first difference in the order in which the
// selection is computed, the hash last. A document that is no such sheet, or that
// holds what no selection can be made from, is an error.
//
// A sheet without findings is consistent with itself. That it is also the one that
// was published is known from its hash, which stands in the audit chain: compare
// [Sheet.Hash] of the result with it.
func Verify(document []byte) (Sheet, []Finding, error) {
	published, err := parse(document)
	if err != nil {
		return Sheet{}, nil, fmt.Errorf("this is no sheet: %w", err)
	}
	top, _ := published.(map[string]any)
	if format, _ := top["format"].(string); format != Format {
		return Sheet{}, nil, fmt.Errorf("the format is %.40q, not %q", format, Format)
	}
	var given struct{ Appraisal }
	if err := json.Unmarshal(document, &given); err != nil {
		return Sheet{}, nil, fmt.Errorf("this is no sheet: %w", err)
	}
	sheet, computed, err := publish(given.Appraisal)
	if err != nil {
		return Sheet{}, nil, fmt.Errorf("no selection can be made from the sheet: %w", err)
	}
	var d difference
	d.compare("", "", published, computed)
	return sheet, d.findings, nil
}

// computation is the order in which a selection is computed.
var computation = []string{"format", "subject", "rule", "units", "candidates", "strikes", "quota", "returns", "lists", "proposed", "shortfall",
	"survey_percent", "deductions", "given", "rows", "scores", "places"}

// difference collects findings.
type difference struct{ findings []Finding }

// absent is a value that is not there at all.
type absent struct{}

func (d *difference) compare(path, of string, published, computed any) {
	if len(d.findings) == mostFindings {
		return
	}
	switch p := published.(type) {
	case map[string]any:
		if c, same := computed.(map[string]any); same {
			d.objects(path, of, p, c)
			return
		}
	case []any:
		if c, same := computed.([]any); same {
			d.arrays(path, of, p, c)
			return
		}
	default:
		if published == computed {
			return
		}
	}
	d.findings = append(d.findings, Finding{path, of, shown(published), shown(computed)})
}

func (d *difference) objects(path, of string, published, computed map[string]any) {
	of = named(computed, named(published, of))
	names := map[string]any{}
	for name := range published {
		names[name] = nil
	}
	for name := range computed {
		names[name] = nil
	}
	order := members(names)
	if path == "" {
		slices.SortStableFunc(order, func(a, b string) int { return position(a) - position(b) })
	} else {
		path += "."
	}
	for _, name := range order {
		d.compare(path+name, of, member(published, name), member(computed, name))
	}
}

func (d *difference) arrays(path, of string, published, computed []any) {
	for i := range max(len(published), len(computed)) {
		var p, c any = absent{}, absent{}
		if i < len(published) {
			p = published[i]
		}
		if i < len(computed) {
			c = computed[i]
		}
		d.compare(path+"["+strconv.Itoa(i)+"]", of, p, c)
	}
}

// position puts the members of the document in the order of the computation, those
// it does not know after them, and the hash last.
func position(name string) int {
	if name == "hash" {
		return len(computation) + 1
	}
	if i := slices.Index(computation, name); i >= 0 {
		return i
	}
	return len(computation)
}

func member(object map[string]any, name string) any {
	if v, there := object[name]; there {
		return v
	}
	return absent{}
}

// named is the key, code or unit that an object is about, if it has one.
func named(object map[string]any, otherwise string) string {
	for _, name := range []string{"key", "code", "unit"} {
		if s, ok := object[name].(string); ok && s != "" {
			return s
		}
	}
	return otherwise
}

// shown is a value as a finding shows it: canonical, and not longer than a line.
func shown(v any) string {
	const longest = 200
	if v == any(absent{}) {
		return ""
	}
	text := []rune(string(appendTree(nil, v)))
	if len(text) > longest {
		return string(text[:longest]) + "…"
	}
	return string(text)
}
