namespace Descent.Mpi.Tests;

/// <summary>Tests that start ranks: one after another, for ranks of two jobs on the same cores wait for each other's turns.</summary>
[CollectionDefinition(nameof(MpiCollection))]
public class MpiCollection : ICollectionFixture<TestData>;
