package tarn.identity;

import java.util.List;

/// What happened to a person. Holds no free text and no address: events travel far.
sealed interface PersonEvent {

    /// The name under which followers know it.
    String type();

    record Registered(boolean administrator) implements PersonEvent {
        @Override
        public String type() {
            return "user.registered";
        }
    }

    /// @param fields which, by their names in the contract
    record Changed(long version, List<String> fields) implements PersonEvent {
        @Override
        public String type() {
            return "user.changed";
        }
    }

    record PasswordChanged() implements PersonEvent {
        @Override
        public String type() {
            return "user.password-changed";
        }
    }

    record Deleted() implements PersonEvent {
        @Override
        public String type() {
            return "user.deleted";
        }
    }
}
