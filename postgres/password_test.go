package postgres

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAHashFitsItsPasswordAndNoOther(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, password := range []string{"Diaozhuang-2014", "", "带汉字的密码 1A", strings.Repeat("x", 200), "with\x00nul"} {
		hash, err := HashPassword(password)
		require.NoError(t, err)
		require.Regexp(t, `^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`, hash)
		again, err := HashPassword(password)
		require.NoError(t, err)
		require.NotEqual(t, hash, again, "each has its own salt")
		right, err := fits(ctx, password, hash)
		require.NoError(t, err)
		require.True(t, right)
		right, err = fits(ctx, password+"x", hash)
		require.NoError(t, err)
		require.False(t, right)
	}
}

func TestAHashMadeWithOtherCostsStillFits(t *testing.T) {
	t.Parallel()
	// From the tests of the reference implementation.
	right, err := fits(context.Background(), "password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	require.NoError(t, err)
	require.True(t, right)
}

func TestNothingFitsNobody(t *testing.T) {
	t.Parallel()
	right, err := fits(context.Background(), "", nobody)
	require.NoError(t, err)
	require.False(t, right)
}

func TestWhatIsNoHashIsAnErrorAndCostsNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "x", "$2b$12$abc", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2000,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=16$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$A$A", "$argon2id$v=19$m=19456,t=2,p=1$!!$!!"} {
		_, err := fits(context.Background(), "x", s)
		require.ErrorIs(t, err, errHash, s)
	}
}

func TestWaitingToComparePasswordsEndsWithTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	t.Cleanup(func() {
		for range cap(hashing) {
			<-hashing
		}
	})
	_, err := fits(ctx, "x", nobody)
	require.ErrorIs(t, err, context.Canceled)
}
