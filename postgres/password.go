package postgres

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/crypto/argon2"
)

// Argon2id as OWASP's password storage cheat sheet has it first: 19 MiB, two passes, one lane.
const (
	hashMemory = 19 << 10 // KiB
	hashTime   = 2
	hashLanes  = 1
	saltBytes  = 16
	hashBytes  = 32
)

// HashPassword makes an argon2id hash in PHC form with a new salt.
func HashPassword(password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("make a salt: %w", err)
	}
	sum := argon2.IDKey([]byte(password), salt, hashTime, hashMemory, hashLanes, hashBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashTime, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum)), nil
}

// nobody's hash: comparing with it takes as long as with anybody's, and nothing fits it.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// hashing lets as many passwords be hashed at once as there are processors: each takes 19 MiB, and more at once would only
// take longer each.
var hashing = make(chan struct{}, runtime.GOMAXPROCS(0))

// fits reports whether the password is the one that was hashed. It waits for its turn, and no longer than ctx.
func fits(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return false, fmt.Errorf("wait to compare a password: %w", ctx.Err())
	}
	h, err := readHash(hash)
	if err != nil {
		return false, err
	}
	sum := argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.lanes, uint32(len(h.sum)))
	return subtle.ConstantTimeCompare(sum, h.sum) == 1, nil
}

// phc is a hash with what it was made with.
type phc struct {
	memory, time uint32
	lanes        uint8
	salt, sum    []byte
}

var errHash = errors.New("a stored password is not an argon2id hash")

// readHash reads a PHC string, and none that would cost more than any that this program ever wrote.
func readHash(s string) (phc, error) {
	var h phc
	var version int
	var salt, sum string
	n, err := fmt.Sscanf(dollars(s), " argon2id v=%d m=%d,t=%d,p=%d %s %s", &version, &h.memory, &h.time, &h.lanes, &salt, &sum)
	if err != nil || n != 6 || version != argon2.Version || h.memory > 1<<20 || h.time < 1 || h.time > 16 || h.lanes < 1 || h.lanes > 16 {
		return h, errHash
	}
	var err1, err2 error
	h.salt, err1 = base64.RawStdEncoding.DecodeString(salt)
	h.sum, err2 = base64.RawStdEncoding.DecodeString(sum)
	if err1 != nil || err2 != nil || len(h.salt) < 8 || len(h.sum) < 16 {
		return h, errHash
	}
	return h, nil
}

// dollars turns the separators of a PHC string into spaces, for Sscanf.
func dollars(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] == '$' {
			b[i] = ' '
		}
	}
	return string(b)
}
