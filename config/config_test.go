package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSettingsSayEverythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	err := Settings{}.Check()
	for _, missing := range []string{"DATABASE_URL", "TEMPORAL_ADDRESS", "LIZHENG_SIGNING_KEY", "LIZHENG_DATABASE_CONNECTIONS"} {
		require.ErrorContains(t, err, missing)
	}
}

func TestADatabaseAddressOverTheNetworkSaysHowItIsProtected(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, url string
		ok        bool
	}{
		{"a socket needs no TLS", "host=/run/postgresql dbname=lizheng user=lizheng_app", true},
		{"a socket in a URL", "postgres:///lizheng?host=/run/postgresql", true},
		{"verify-full", "postgres://lizheng_app@db.example/lizheng?sslmode=verify-full&sslrootcert=/etc/ca.pem", true},
		{"verify-full in words", "host=db.example dbname=lizheng sslmode=verify-full", true},
		{"plain text, said out loud", "postgres://lizheng_app@127.0.0.1/lizheng?sslmode=disable", true},
		{"nothing said", "postgres://lizheng_app@db.example/lizheng", false},
		{"nothing said in words", "host=db.example dbname=lizheng", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if err := protected(c.url); c.ok {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, "sslmode")
			}
		})
	}
}
