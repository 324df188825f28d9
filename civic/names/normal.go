package names

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed traditional.txt
var traditional string

//go:embed compatibility.txt
var compatibility string

//go:embed lookalikes.txt
var lookalikes string

// spellings maps a character to what stands for it in the normal form. It is
// closed: what it maps to is normal already.
var spellings = load(compatibility, traditional, lookalikes)

// load reads tables of lines "target characters". Lines that start with # are
// comments.
func load(tables ...string) map[rune]string {
	const characters = 8_600 // as many as the tables have
	m := make(map[rune]string, characters)
	for _, table := range tables {
		for line := range strings.Lines(table) {
			target, sources, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			if target == "#" {
				continue
			}
			for _, r := range sources {
				m[r] = target
			}
		}
	}
	closed := make(map[rune]string, len(m))
	for r, target := range m {
		closed[r] = settle(m, target)
	}
	return closed
}

// settle spells until nothing changes. The longest way so far has three steps; a
// circle in the tables would end with the bound, and fail the tests.
func settle(m map[rune]string, s string) string {
	for range 8 {
		next := spell(m, s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// Normal returns the form that all spellings of a name share: simplified
// characters, half-width letters and digits in lower case without accents, and
// nothing else; no space, punctuation, symbol, control or invisible character.
// Characters that only look like others count as those. Normal of a normal form
// is itself. The normal form of a name without any letter or digit is empty:
// whoever asks for a name should refuse that.
func Normal(s string) string { return spell(spellings, s) }

func spell(m map[rune]string, s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s { // a broken byte is U+FFFD, a symbol, and left out
		if target, ok := m[r]; ok {
			b.WriteString(target)
			continue
		}
		if !counts(r) {
			continue
		}
		r = unicode.ToLower(unicode.ToUpper(r)) // brings variants such as ς and σ together
		if target, ok := m[r]; ok {
			b.WriteString(target)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// accents are the blocks of combining marks for letters. The vowel signs of other
// scripts are marks too, but belong to what is said.
var accents = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0300, Hi: 0x036F, Stride: 1},
		{Lo: 0x1AB0, Hi: 0x1AFF, Stride: 1},
		{Lo: 0x1DC0, Hi: 0x1DFF, Stride: 1},
		{Lo: 0x20D0, Hi: 0x20FF, Stride: 1},
		{Lo: 0xFE20, Hi: 0xFE2F, Stride: 1},
	},
}

// counts reports whether the character says something: it is a letter, a digit or
// a mark, and can be seen.
func counts(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M) &&
		!unicode.In(r, accents, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
