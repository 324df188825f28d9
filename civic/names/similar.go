package names

import "slices"

// Similar says how much two names have in common once they are normal, from 0
// for nothing to 100 for the same. In between it is the share of pairs of
// neighbouring characters that both have (Dice's coefficient), rounded down, and
// at most 99. The order of the arguments does not matter. A name whose normal
// form is empty is like nothing, not even like itself.
func Similar(a, b string) int {
	x, y := []rune(Normal(a)), []rune(Normal(b))
	switch {
	case len(x) == 0 || len(y) == 0:
		return 0
	case slices.Equal(x, y):
		return 100
	}
	p, q := pairs(x), pairs(y)
	if len(p)+len(q) == 0 {
		return 0 // two different names of one character each
	}
	return min(200*common(p, q)/(len(p)+len(q)), 99)
}

// pairs returns the pairs of neighbours in sorted order, each as often as it occurs.
func pairs(name []rune) []uint64 {
	ps := make([]uint64, 0, len(name))
	for i := range len(name) - 1 {
		ps = append(ps, uint64(name[i])<<32|uint64(name[i+1]))
	}
	slices.Sort(ps)
	return ps
}

// common counts what two sorted lists share.
func common(p, q []uint64) int {
	n := 0
	for len(p) > 0 && len(q) > 0 {
		switch {
		case p[0] < q[0]:
			p = p[1:]
		case p[0] > q[0]:
			q = q[1:]
		default:
			n++
			p, q = p[1:], q[1:]
		}
	}
	return n
}
