package civic

import (
	"slices"

	"lizheng/civic/names"
)

// Grams are what a title is found by: every pair of neighbouring characters of its normal form, and every character, so
// that a search for one alone finds too. Writing and searching use the same function.
func Grams(title string) []string {
	normal := []rune(names.Normal(title))
	if len(normal) == 1 {
		return []string{string(normal)}
	}
	grams := make([]string, 0, len(normal))
	for i := range len(normal) - 1 {
		grams = append(grams, string(normal[i:i+2]))
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// TitleGrams are the grams under which a title is stored: its pairs, and its single characters.
func TitleGrams(title string) []string {
	grams := Grams(title)
	for _, r := range names.Normal(title) {
		grams = append(grams, string(r))
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}
