namespace LmNotebooks.Kernel.Notebooks;

public static class HtmlPage
{
    public static string Render(Notebook notebook, string title) => $"<!doctype html><title>{title}</title><pre>{System.Net.WebUtility.HtmlEncode(notebook.ToText())}</pre>\n";
}
