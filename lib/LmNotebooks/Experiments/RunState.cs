namespace LmNotebooks.Experiments;

/// <summary>What a record says of a run, against the code and the definition of now.</summary>
public enum RunState { Fresh, Missing, Failed, SourceChanged, DefinitionChanged }
