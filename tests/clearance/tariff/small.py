"""A small directory of law, written where a test wants it."""

from __future__ import annotations

from pathlib import Path

NAMES = "name_vi,name_en,name_zh,name_fr"
DATED = "valid_from,source,verified"
FILES = {
    "offices.csv": f"""code,kind,parent,{NAMES},{DATED}
VI,region,,Vùng,Region,区,Région,2021-06-01,Decision,yes
15BB,border_office,VI,Hữu Nghị,Friendship,友谊,Amitié,2021-06-01,unverified: believed,no
""",
    "gates.csv": f"""code,office,province,modes,{NAMES},timezone_neighbor,opens,closes,{DATED},hours_source,hours_verified
LS01,15BB,Lạng Sơn,4,Hữu Nghị,Friendship,友谊,Amitié,Asia/Shanghai,,,2021-06-01,Decree,yes,press,no
""",
    "regimes.csv": f"""code,flow,needs_temporary_date,needs_reference,{NAMES},{DATED}
A11,import,no,no,Nhập,Import,进,Import,2021-06-01,Decision,yes
G11,import,yes,no,Tạm nhập,Temporary,暂,Temporaire,2021-06-01,Decision,yes
""",
    "regime_taxes.csv": f"""regime,tax,treatment,{DATED}
A11,import_duty,due,2021-06-01,Law 107/2016/QH13 Art. 5,yes
G11,import_duty,exempt,2021-06-01,Law 107/2016/QH13 Art. 16,yes
G11,import_duty,due,2027-03-01,another law,no
""",
    "code_lists.csv": f"""list,code,{NAMES},{DATED}
unit,KGM,Kilôgam,Kilogram,千克,Kilogramme,2014-01-01,guide,yes
unit,OLD,Cũ,Old,旧,Ancien,2014-01-01,guide,yes
currency,CNY,Nhân dân tệ,Yuan,人民币,Yuan,2014-01-01,ISO 4217,yes
""",
    "parameters.csv": f"""name,value,unit,{DATED}
max_lines,50,lines,2021-06-01,Art. 18.2,yes
vat_reduced_rate,0.08,fraction,2025-07-01,Resolution 204,no
vat_reduced_rate,,fraction,2027-01-01,Resolution 204,yes
""",
    "schedules.csv": f"""code,preferential,members,form,{NAMES},{DATED}
B01,no,,,Ưu đãi,MFN,最惠国,NPF,2021-06-01,guide,yes
B05,yes,CN VN,E,ACFTA,ACFTA,东盟,ACFTA,2021-06-01,guide,yes
""",
    "conditions.csv": f"""hs_prefix,flow,kind,code,channel,gates,origins,{NAMES},{DATED}
07,import,quarantine,PQ,0,,,Kiểm dịch,Quarantine,检疫,Contrôle,2021-06-01,shape row,no
0703,import,gate,GATE,0,LS01,CN,Cửa khẩu,Gate,口岸,Poste,2021-06-01,shape row,no
""",
    "vague_terms.csv": f"term,language,{DATED}\nhàng hóa,vi,2021-06-01,house list,no\n",
    "unit_aliases.csv": f"unit,codes,{DATED}\nkg,KGM,2021-06-01,reading,no\nlít/kg,LTR KGM,2021-06-01,reading,no\n",
    "nomenclature/sections.csv": f"code,{NAMES}\nII,Thực vật,Vegetable products,植物,Végétaux\n",
    "nomenclature/chapters.csv": f"code,{NAMES}\n07,Rau củ,Vegetables,蔬菜,Légumes\n",
    "nomenclature/hs2022.csv": """code,parent,level,name_en,section
07,,2,Vegetables and roots,II
0703,07,4,Onions and garlic,II
070320,0703,6,Garlic,II
22,,2,Beverages,IV
2208,22,4,Spirits,IV
220860,2208,6,Vodka,IV
""",
    "nomenclature/vn_names.csv": f"hs8,{NAMES}\n07032090,Tỏi tươi,Fresh garlic,鲜大蒜,Ail frais\n",
    "tariff/columns.csv": """column,tax,schedule,valid_from,source,verified,blank_A,blank_B,note
mfn,import_duty,B01,edition_date,Decree 26/2023,yes,none,none,
ordinary,import_duty,B03,edition_date,Decision 15/2023,yes,none,none,
vat,vat,,edition_date,Decree 174/2025,yes,none,none,
acfta,import_duty,B05,edition_date,Decree 118/2022,yes,none,none,
rcep,import_duty,RCEP,edition_date,unverified: Decree 129/2022,no,none,unknown,
excise,sct,,edition_date,unverified: not named,no,none,unknown,
export_duty,export_duty,,edition_date,unverified: not named,no,none,none,
""",
    "tariff/transitions.csv": """tax,column,match,action,value,valid_from,source,verified
vat,vat,8,drop_option,,2027-01-01,Resolution 204/2025,yes
""",
    "tariff/scopes.csv": "tax,hs_prefix,valid_from,source,verified\nsct,2208,2021-06-01,unverified: goods list,no\n",
    "tariff/vn_lines.csv": """hs8,unit,mfn,ordinary,vat,acfta,rcep,excise,export_duty,edition_date,source
07032090,kg,20,30,*/5/8/10,0 (-KH),,,,2026-01-06,B
22086000,lít/kg,45,150% thuế MFN,8/10,*,33;3,ĐB,0,2026-04-05,A
""",
    "practice/conditions.csv": f"hs_prefix,flow,kind,code,channel,gates,origins,{NAMES},{DATED}\n2208,import,control,SAMPLE,3,,,Mẫu,Sample,样,Essai,2021-06-01,practice row,no\n",
    "practice/exchange_rates_base.csv": "currency,vnd,source,verified\nVND,1,practice,no\nUSD,26300,practice,no\nCNY,3700,practice,no\n",
}


def write_law(directory: Path, **changed: str) -> Path:
    """The files of the small law; a changed file is given by its stem."""
    for name, content in FILES.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, content), encoding="utf-8")
    return directory
