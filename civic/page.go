package civic

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// Page is which part of a list somebody asks for.
type Page struct {
	Limit int    // 1 to MaxPage; 0 stands for DefaultPage
	After string // the cursor that came with the part before, "" for the first
}

// How long a part of a list is.
const (
	DefaultPage = 20
	MaxPage     = 100
)

// Part is a part of a list and, unless it is the last, the cursor of the next.
type Part[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// Cursor is the last line somebody saw, by the columns that the list is sorted by. Lists go on after it, so that lines
// which come or go meanwhile are neither doubled nor jumped over.
type Cursor struct {
	Seq  int64     `json:"s,omitempty"`
	At   time.Time `json:"a,omitzero"`
	Text string    `json:"t,omitempty"`
	ID   string    `json:"i,omitempty"`
}

// String is the cursor as clients carry it: opaque, and no secret.
func (c Cursor) String() string {
	body, err := json.Marshal(c)
	if err != nil { // only strings, numbers and times of this century
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(body)
}

// Window is a Page as the record understands it.
type Window struct {
	Limit int     // lines wanted, one more than are shown: it tells whether there is a next part
	After *Cursor // nil for the first part
}

// window reads a page that somebody asked for, or refuses a strange one.
func (p Page) window() (Window, error) { return p.upTo(MaxPage) }

// upTo reads a page of at most so many lines.
func (p Page) upTo(most int) (Window, error) {
	limit := p.Limit
	if limit == 0 {
		limit = DefaultPage
	}
	if limit < 1 || limit > most {
		return Window{}, Refuse(Invalid, "bad_limit", "每页条数应为1至100。", "A page has 1 to 100 lines.").At("limit").With("max", MaxPage)
	}
	w := Window{Limit: limit + 1}
	if p.After == "" {
		return w, nil
	}
	errCursor := Refuse(Invalid, "bad_cursor", "翻页位置无效，请从第一页开始。", "This cursor is not valid; begin with the first page.").At("after")
	body, err := base64.RawURLEncoding.DecodeString(p.After)
	if err != nil || len(body) > 1000 {
		return Window{}, errCursor
	}
	c := new(Cursor)
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(c); err != nil || strings.ContainsRune(c.Text+c.ID, 0) || c.At.Year() > 9999 || c.At.Year() < 0 {
		return Window{}, errCursor
	}
	w.After = c
	return w, nil
}

// part cuts what the record gave to what was asked for, and says where the next part begins.
func part[T any](items []T, w Window, at func(T) Cursor) Part[T] {
	if len(items) < w.Limit {
		if items == nil {
			items = []T{}
		}
		return Part[T]{Items: items}
	}
	items = items[:w.Limit-1]
	return Part[T]{Items: items, Next: at(items[len(items)-1]).String()}
}

// reshape turns the lines of a part into another shape.
func reshape[A, B any](p Part[A], f func(A) B) Part[B] {
	out := Part[B]{Items: make([]B, len(p.Items)), Next: p.Next}
	for i, item := range p.Items {
		out.Items[i] = f(item)
	}
	return out
}
