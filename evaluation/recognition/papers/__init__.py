"""Official papers in the form of Nghị định 30/2020/NĐ-CP: one description, drawn as PDF/UA and as .docx.

Their words are Vietnamese whatever language the page is read in: it is what the law asks of such papers.
"""
