package wire

import (
	"reflect"
	"testing"
)

func TestSelf(t *testing.T) {
	for raw, want := range map[string]Self{
		`{"id":42,"is_bot":true,"first_name":"O","username":"Old"}`:                                        {User: User{ID: 42, Bot: true, FirstName: "O", Username: "Old"}, Names: []string{"Old"}},
		`{"id":42,"is_bot":true,"username":"One","active_usernames":["one","Two"],"can_join_groups":true}`: {User: User{ID: 42, Bot: true, Username: "One"}, Names: []string{"One", "Two"}},
		`{"id":42,"active_usernames":["Two"]}`:                                                             {User: User{ID: 42, Username: "Two"}, Names: []string{"Two"}},
		`{"id":42,"can_join_groups":false,"supports_inline_queries":true,"can_manage_bots":true,"supports_guest_queries":false,"can_read_all_group_messages":true}`: {
			User: User{ID: 42, ReadsAll: true}, NoGroups: true, Modes: []string{"inline", "managed_bots"},
		},
	} {
		got, err := Result{Raw: []byte(raw)}.Self()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
}

func TestCommandForEachName(t *testing.T) {
	for text, want := range map[string]bool{"/report@one": true, "/report@TWO x": true, "/report": true, "/report@three": false} {
		if _, ok := (&Message{Text: text}).Command("One", "Two"); ok != want {
			t.Errorf("%s is ours: %t", text, ok)
		}
	}
}
