package civic

import (
	"context"
	"slices"
)

// StandardRow is one indicator as a row of a workbook has it, with its dimension; a dimension without indicators is a row of its own.
type StandardRow struct {
	Dimension, DimensionZh, DimensionEn string
	IndicatorLine
}

// SheetRows are the dimensions and indicators row by row.
func (s StandardBody) SheetRows() []StandardRow {
	var out []StandardRow
	for _, d := range s.Dimensions {
		if len(d.Indicators) == 0 {
			out = append(out, StandardRow{Dimension: d.Key, DimensionZh: d.Zh, DimensionEn: d.En})
		}
		for _, i := range d.Indicators {
			out = append(out, StandardRow{d.Key, d.Zh, d.En, i})
		}
	}
	return out
}

// alone reports whether a row names a dimension only.
func (r StandardRow) alone() bool {
	i := r.IndicatorLine
	return i.Key == "" && i.Zh == "" && i.En == "" && i.Most == 0 && i.Method.Kind == ""
}

// dimensionsOf puts rows together as dimensions, in their order, and says row by row what keeps them from being kept.
func dimensionsOf(rows []WorkbookRow[StandardRow]) (dimensions []DimensionLines, found []*Error) {
	taken := map[string]bool{}
	for _, r := range rows {
		v := r.Value
		at := slices.IndexFunc(dimensions, func(d DimensionLines) bool { return d.Key == v.Dimension })
		if at < 0 {
			d := DimensionLines{Key: v.Dimension, Zh: v.DimensionZh, En: v.DimensionEn}
			found = append(found, r.below("dimension.", d.faults())...)
			dimensions, at = append(dimensions, d), len(dimensions)
		} else if d := dimensions[at]; v.DimensionZh != "" && v.DimensionZh != d.Zh || v.DimensionEn != "" && v.DimensionEn != d.En {
			found = append(found, r.wrongRow("dimension.zh", "dimension_differs", "同一编号的考评项目名称不一致。", "A dimension has one name; another row gives this key another."))
		}
		if v.alone() {
			continue
		}
		found = append(found, r.below("", v.IndicatorLine.faults())...)
		if taken[v.Key] && v.Key != "" {
			found = append(found, r.wrongRow("key", "row_twice", "编号重复。", "The key is there twice."))
		}
		taken[v.Key] = true
		dimensions[at].Indicators = append(dimensions[at].Indicators, v.IndicatorLine)
	}
	return dimensions, found
}

// below puts the findings of a part of a row into the row.
func (r WorkbookRow[T]) below(place string, found []*Error) []*Error {
	for _, e := range found {
		e.At(place+e.Field).With("row", r.N)
	}
	return found
}

// ImportStandard replaces the dimensions and indicators of a draft by those of a workbook: all of them, or none. The workbook
// is read only for those who may write the standard.
func (d *Desk) ImportStandard(ctx context.Context, who Actor, id string, read func() (Workbook[StandardRow], error)) (Standard, error) {
	if err := d.may(ctx, who, "standard", "read"); err != nil {
		return Standard{}, err
	}
	now, err := d.Record.StandardByID(ctx, id)
	if err != nil {
		return Standard{}, err
	}
	o := order{object: "standard", act: "write", about: "standard:" + now.ID, subject: Subject{Unit: now.Unit}, keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (Standard, error) {
		book, err := read()
		if err != nil {
			return Standard{}, err
		}
		body := now.StandardBody
		dimensions, found := dimensionsOf(book.Rows)
		if err := book.judge(now.Revision, found); err != nil {
			return Standard{}, err
		}
		body.Dimensions = dimensions
		if err := body.Storable(); err != nil {
			return Standard{}, err
		}
		deed.Kind, deed.Detail["rows"] = "standard.import", len(book.Rows)
		return d.Record.SaveStandard(ctx, deed, id, book.Seen, body)
	})
}
