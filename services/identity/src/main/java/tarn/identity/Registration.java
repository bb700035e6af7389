package tarn.identity;

/// Whether users may register by themselves.
///
/// @param open whether anybody may, at present
/// @param firstUser whether nobody has registered yet; the first may always, and administers this Tarn
record Registration(boolean open, boolean firstUser) {}
