package storage

import (
	"strings"
	"testing"
)

// What Docker mounts: a named volume, one without a name, and the container's own files.
const mounts = `1042 951 0:305 / / ro,relatime master:333 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AAA
1043 1042 0:308 / /proc rw,nosuid - proc proc rw
1100 1042 259:1 /var/lib/docker/volumes/ostrakon/_data /data rw,relatime master:1 - ext4 /dev/root rw
1101 1042 259:1 /var/lib/docker/volumes/3f1c0a7be5d2f4968a70b1c2d3e4f5061728394a5b6c7d8e9f00112233445566/_data /key rw,relatime master:1 - ext4 /dev/root rw
`

// A key is not made where it would be deleted sooner than its database.
func TestKeyLastsAsLongAsTheDatabase(t *testing.T) {
	named := strings.Replace(mounts, "3f1c0a7be5d2f4968a70b1c2d3e4f5061728394a5b6c7d8e9f00112233445566", "ostrakon-key", 1)
	bothNameless := strings.Replace(mounts, "volumes/ostrakon/", "volumes/4f1c0a7be5d2f4968a70b1c2d3e4f5061728394a5b6c7d8e9f00112233445566/", 1)
	for name, c := range map[string]struct {
		mounts, key, database string
		refused               bool
	}{
		"a volume without a name":           {mounts, "/key/ostrakon.key", "/data/ostrakon.db", true},
		"of containerd":                     {strings.ReplaceAll(mounts, "445566/_data", "445566"), "/key/ostrakon.key", "/data/ostrakon.db", true},
		"the same, PostgreSQL":              {mounts, "/key/ostrakon.key", "", true},
		"with a name":                       {named, "/key/ostrakon.key", "/data/ostrakon.db", false},
		"beside the database":               {mounts, "/data/ostrakon.key", "/data/ostrakon.db", false},
		"to try it out: neither has a name": {bothNameless, "/key/ostrakon.key", "/data/ostrakon.db", false},
		"no container":                      {"", "ostrakon.key", "ostrakon.db", false},
		"a folder with a similar name":      {mounts, "/keys/ostrakon.key", "/data/ostrakon.db", false},
	} {
		if err := lastsAs(c.mounts, c.key, c.database); (err != nil) != c.refused {
			t.Errorf("%s: %v", name, err)
		} else if err != nil && !strings.Contains(err.Error(), "-v ostrakon-key:/key") {
			t.Errorf("%s: %v does not say what to do", name, err)
		}
	}
}
