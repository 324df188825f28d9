package selection

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Drawn is one of a sample, with the digest that drew it.
type Drawn struct {
	Key    string `json:"key"`
	Digest string `json:"digest"`
}

// Sample draws at least part ÷ whole of the keys, rounded up: those with the lowest
// SHA-256 of the seed, a line feed and the key, lowest first. The order of the keys
// does not matter, and anybody can check it:
//
//	printf '%s\n%s' "$seed" "$key" | sha256sum
//
// The seed must be published, and fixed by something that nobody can choose once the
// keys are known. A longer sample with the same seed begins with the shorter one.
func Sample(seed string, keys []string, part, whole int64) ([]Drawn, error) {
	if whole <= 0 || part < 0 || part > whole || whole > most {
		return nil, fmt.Errorf("%d of %d is no part to draw", part, whole)
	}
	if seed == "" || strings.ContainsAny(seed, "\n\x00") {
		return nil, errors.New("the seed must be one line of text")
	}
	type ticket struct {
		key    string
		digest [sha256.Size]byte
	}
	tickets := make([]ticket, len(keys))
	for i, key := range keys {
		tickets[i] = ticket{key, sha256.Sum256([]byte(seed + "\n" + key))}
	}
	slices.SortFunc(tickets, func(a, b ticket) int {
		return cmp.Or(bytes.Compare(a.digest[:], b.digest[:]), cmp.Compare(a.key, b.key))
	})
	for i := 1; i < len(tickets); i++ {
		if tickets[i-1].key == tickets[i].key {
			return nil, fmt.Errorf("%s is there twice", tickets[i].key)
		}
	}
	drawn := make([]Drawn, (int64(len(keys))*part+whole-1)/whole)
	for i := range drawn {
		drawn[i] = Drawn{tickets[i].key, hex.EncodeToString(tickets[i].digest[:])}
	}
	return drawn, nil
}

// Deviation is how far a second score is from the first, up or down.
func Deviation(first, second Points) Points { return max(first, second) - min(first, second) }

// Deviates reports whether a second score differs from the first by more than is
// allowed; by exactly as much it does not.
func Deviates(first, second, allowed Points) bool { return Deviation(first, second) > allowed }
