package tarn.identity;

/// Whether users may register themselves.
///
/// @param open whether anybody may
/// @param firstUser whether nobody has registered yet; the first user always may, and becomes
/// administrator
record Registration(boolean open, boolean firstUser) {}
